public import Foundation
import Hospitals
import Provenance

/// A coordinator's own file: its keys and the hospitals it may ask.
///
/// Paths are from the file's folder.
public struct CoordinatorConfiguration: Codable, Hashable, Sendable {
  /// Its certificate and the private key of it.
  public let certificate: String, privateKey: String
  /// The key that its questions are signed with.
  public let signingKey: String
  /// The hospitals.
  public let sites: [SitePeer]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case certificate
    case privateKey = "private-key"
    case signingKey = "signing-key"
    case sites
  }

  /// Reads a configuration; an unknown key is refused.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: CodingKeys.allCases.map(\.rawValue), of: "a coordinator's file")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    certificate = try fields.decode(String.self, forKey: .certificate)
    privateKey = try fields.decode(String.self, forKey: .privateKey)
    signingKey = try fields.decode(String.self, forKey: .signingKey)
    sites = try fields.decode([SitePeer].self, forKey: .sites)
    guard !sites.isEmpty, sites.count <= FederationLimits.sites,
      Set(sites.map(\.pins.name)).count == sites.count
    else {
      throw NetworkError(
        "a coordinator asks 1 to \(FederationLimits.sites) hospitals, each named once")
    }
  }

  /// An inquiry of these hospitals.
  ///
  /// - Parameter folder: what the configuration's paths are from.
  public func inquiry(
    in folder: URL, state: URL, terms: Inquiry.Terms,
    report: @escaping @Sendable (Inquiry.Event) -> Void
  ) throws -> Inquiry {
    func url(_ path: String) -> URL { URL(filePath: path, relativeTo: folder).absoluteURL }
    let tls = try PinnedTLS(
      certificate: url(certificate), privateKey: url(privateKey), now: Date())
    return Inquiry(
      peers: sites, tls: tls, key: try SigningKey(fileAt: url(signingKey)), state: state,
      terms: terms, report: report)
  }
}
