/// What a fetch is doing, for a progress line.
public enum FetchProgress: Hashable, Sendable {
  /// All files were there and right; nothing was done.
  case alreadyPresent(dataset: String)
  /// Waiting for another run that fetches into the same folder.
  case waiting(dataset: String)
  /// A file that was there is not the right one and is fetched again.
  case replacing(file: String)
  /// A download began.
  case downloading(what: String)
  /// A download broke off and goes on.
  case resuming(what: String, attempt: Int)
  /// A file was checked and stands in its place.
  case installed(file: String, number: Int, of: Int)
}
