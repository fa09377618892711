import Foundation

extension FetchJob {
  /// Downloads a file from its address, and goes on where an earlier attempt broke off.
  func download(
    _ file: DatasetManifest.File, _ progress: (FetchProgress) -> Void
  ) throws(FetchError) {
    progress(.downloading(what: file.name))
    let silence = "30"
    var attempt = 1
    while true {
      do throws(FetchError) {
        return try runPython([
          "-c", PythonScripts.download, file.member ?? "", part(of: file).path,
          String(file.bytes), silence,
        ])
      } catch {
        guard case .programFailed = error, attempt < fetcher.attempts else { throw error }
        attempt += 1
        progress(.resuming(what: file.name, attempt: attempt))
        Thread.sleep(forTimeInterval: 0.2 * Double(attempt))
      }
    }
  }
}
