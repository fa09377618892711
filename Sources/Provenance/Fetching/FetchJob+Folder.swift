import Foundation

extension FetchJob {
  /// Copies a file from a folder: by name or by path, as it is or gzipped.
  func copy(_ file: DatasetManifest.File, from local: URL) throws(FetchError) {
    // The member of a file that is converted is another file.
    let member = file.conversion == nil ? file.member : nil
    let names = [file.name] + (member.map { [$0] } ?? [])
    let part = part(of: file)
    try? FileManager.default.removeItem(at: part)
    for name in names where !name.split(separator: "/").contains("..") {
      let plain = local.appending(path: name)
      if SystemCalls.kind(of: plain) == .file {
        do { return try FileManager.default.copyItem(at: plain, to: part) } catch {
          throw .file(FileError(.write, part, error))
        }
      }
      let gzipped = local.appending(path: name + ".gz")
      if SystemCalls.kind(of: gzipped) == .file {
        return try runPython([
          "-c", PythonScripts.gunzip, gzipped.path, part.path, String(file.bytes),
        ])
      }
    }
    throw .notInFolder(file: file.name, folder: local.path)
  }
}
