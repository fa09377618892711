public import Foundation

/// Fetches data sets by their manifests, checks every file, and leaves nothing half-written.
///
/// The files of a data set stand in a folder of its name. Work in progress stands in a hidden folder
/// inside that one; a file moves to its name only after its digest was found right.
public struct DatasetFetcher: Sendable {
  /// The folder that holds one folder for each data set.
  public let root: URL
  let environment: [String: String]
  let downloadLimit: Int
  let attempts: Int

  /// A fetcher into `root`.
  /// - Parameters:
  ///   - environment: the variables for the programs it runs; `PATH` must lead to `python3`.
  ///   - downloadLimit: the seconds after which one download is ended.
  ///   - attempts: how often a broken download from the web is taken up again.
  public init(
    into root: URL, environment: [String: String], downloadLimit: Int = 1800, attempts: Int = 4
  ) {
    self.root = root
    self.environment = environment
    self.downloadLimit = downloadLimit
    self.attempts = attempts
  }

  /// The folder of a data set.
  public func folder(of manifest: DatasetManifest) -> URL { root.appending(path: manifest.name) }

  /// The files of a data set that are not there, or are not the right ones.
  /// - Complexity: O(bytes of the data set)
  public func missing(of manifest: DatasetManifest) -> [DatasetManifest.File] {
    let folder = folder(of: manifest)
    return manifest.files.filter { file in
      guard let digest = try? Digest(ofFileAt: folder.appending(path: file.name)) else {
        return true
      }
      return !file.accepts(digest)
    }
  }

  /// Makes sure that all files of a data set are there and right.
  /// - Parameters:
  ///   - local: a folder to copy from, by file name or by path, plain or gzipped; nil for the
  ///     manifest's own source.
  ///   - progress: told of each step.
  /// - Returns: the folder of the data set.
  @discardableResult
  public func fetch(
    _ manifest: DatasetManifest, from local: URL? = nil,
    progress: (FetchProgress) -> Void = { _ in }
  ) throws(FetchError) -> URL {
    if let fault = manifest.fault { throw .badManifest(name: manifest.name, reason: fault) }
    let folder = folder(of: manifest)
    try DatasetFetcher.makeFolder(folder)
    let lock = try takeLock(folder, manifest.name, progress)
    try fetch(manifest, into: folder, holding: lock, from: local, progress)
    return folder
  }

  private func fetch(
    _ manifest: DatasetManifest, into folder: URL, holding lock: borrowing FileLock,
    from local: URL?, _ progress: (FetchProgress) -> Void
  ) throws(FetchError) {
    let staging = folder.appending(path: ".fetching")
    let wanted = missing(of: manifest)
    if wanted.isEmpty {
      try? FileManager.default.removeItem(at: staging)
      progress(.alreadyPresent(dataset: manifest.name))
      return
    }
    try DatasetFetcher.makeFolder(staging)
    let job = FetchJob(fetcher: self, manifest: manifest, folder: folder, staging: staging)
    try job.run(wanted, from: local, progress: progress)
    try? FileManager.default.removeItem(at: staging)
  }

  private func takeLock(
    _ folder: URL, _ name: String, _ progress: (FetchProgress) -> Void
  ) throws(FetchError) -> FileLock {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(downloadLimit)
    var told = false
    while true {
      do throws(FileError) {
        if let lock = try FileLock(at: folder.appending(path: ".lock")) { return lock }
      } catch { throw .file(error) }
      if !told { progress(.waiting(dataset: name)) }
      told = true
      if clock.now > deadline { throw .busy(folder: folder.path) }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }

  private static func makeFolder(_ url: URL) throws(FetchError) {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch { throw .file(FileError(.createFolder, url, error)) }
  }
}
