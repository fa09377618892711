import Hospitals
public import Provenance

/// By what the other side is known: exchanged by hand, once, out of band.
public struct PeerPins: Codable, Hashable, Sendable {
  /// Its name.
  public let name: String
  /// SHA-256 of its certificate's DER bytes.
  public let certificate: Digest
  /// The key that its messages are signed with.
  public let key: VerifyingKey
  /// Its public masking key; nil where it takes part in no masked sums.
  public let masking: String?

  /// The pins of a peer.
  public init(name: String, certificate: Digest, key: VerifyingKey, masking: String? = nil) {
    self.name = name
    self.certificate = certificate
    self.key = key
    self.masking = masking
  }
}

/// A hospital as its coordinator knows it: pins and an address.
public struct SitePeer: Codable, Hashable, Sendable {
  /// Its pins.
  public let pins: PeerPins
  /// Where it listens.
  public let address: NetworkAddress

  /// A hospital at an address.
  public init(pins: PeerPins, address: NetworkAddress) {
    self.pins = pins
    self.address = address
  }

  /// Reads name, address, certificate and key, and no other keys.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(
      except: ["name", "certificate", "key", "masking", "address"], of: "a hospital")
    pins = try PeerPins(from: decoder)
    address = try decoder.container(keyedBy: CodingKeys.self).decode(
      NetworkAddress.self, forKey: .address)
  }

  /// Writes them side by side.
  public func encode(to encoder: any Encoder) throws {
    try pins.encode(to: encoder)
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(address, forKey: .address)
  }

  enum CodingKeys: String, CodingKey { case address }
}

/// A host and a port, as in `10.0.0.2:7443`.
public struct NetworkAddress: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The host's name or number.
  public let host: String
  /// The port; 0 takes one that is free.
  public let port: Int

  /// An address; nil where the text is none.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
      let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port)
    else { return nil }
    host = String(text[..<colon])
    self.port = port
  }

  /// The host and the port.
  public var description: String { "\(host):\(port)" }

  /// Reads the text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let address = NetworkAddress(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not an address such as 10.0.0.2:7443: \(text)")
    }
    self = address
  }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
