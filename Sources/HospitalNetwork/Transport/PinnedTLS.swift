public import Foundation
import NIOCore
import NIOSSL
public import Provenance

/// One side's certificate and key, for TLS 1.3 in which both sides show a certificate and each knows
/// the other's by its digest: no authority is trusted, and no name is looked up.
public struct PinnedTLS: Sendable {
  let certificate: NIOSSLCertificate
  private let key: NIOSSLPrivateKey

  /// The digest by which the other side pins this certificate: SHA-256 over its DER bytes.
  public let pin: Digest

  /// Reads a certificate and its key, both PEM; an expired certificate is refused at once.
  public init(certificate: URL, privateKey: URL, now: Date) throws {
    do {
      let found = try NIOSSLCertificate.fromPEMFile(certificate.path)
      guard let first = found.first else { throw NetworkError("there is none in it") }
      self.certificate = first
    } catch {
      throw NetworkError(
        "the certificate \(certificate.lastPathComponent) cannot be read: \(error)")
    }
    do { key = try NIOSSLPrivateKey(file: privateKey.path, format: .pem) } catch {
      throw NetworkError("the private key \(privateKey.lastPathComponent) cannot be read: \(error)")
    }
    pin = try Self.pin(of: self.certificate)
    if let reason = Self.expiry(of: self.certificate, at: now) {
      throw NetworkError("our own certificate \(certificate.lastPathComponent) \(reason)")
    }
  }

  static func pin(of certificate: NIOSSLCertificate) throws -> Digest {
    Digest(of: try certificate.toDERBytes())
  }

  /// Why a certificate is out of its time; nil where it is not.
  static func expiry(of certificate: NIOSSLCertificate, at now: Date) -> String? {
    let time = now.timeIntervalSince1970
    func day(_ time: Int) -> String {
      String(Date(timeIntervalSince1970: Double(time)).formatted(.iso8601).prefix(10))
    }
    if time > Double(certificate.notValidAfter) {
      return "expired on \(day(certificate.notValidAfter)): make a new one and pin it"
    }
    if time < Double(certificate.notValidBefore) {
      return "is not valid before \(day(certificate.notValidBefore))"
    }
    return nil
  }

  /// Why the certificate that the other side shows is refused; nil where it is the pinned one.
  static func refusal(
    of shown: [NIOSSLCertificate], pins: Set<Digest>, at now: Date
  ) -> String? {
    guard let leaf = shown.first else { return "it shows no certificate" }
    guard let pin = try? pin(of: leaf), pins.contains(pin) else {
      return "its certificate is not the pinned one"
    }
    return expiry(of: leaf, at: now).map { "its certificate \($0)" }
  }

  func serverContext() throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv13
    // A certificate is demanded of the other side; the pin decides instead of a chain.
    configuration.certificateVerification = .noHostnameVerification
    configuration.shutdownTimeout = .seconds(1)
    return try NIOSSLContext(configuration: configuration)
  }

  func clientContext() throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.certificateChain = [.certificate(certificate)]
    configuration.privateKey = .privateKey(key)
    configuration.minimumTLSVersion = .tlsv13
    configuration.certificateVerification = .noHostnameVerification
    configuration.shutdownTimeout = .seconds(1)
    return try NIOSSLContext(configuration: configuration)
  }
}
