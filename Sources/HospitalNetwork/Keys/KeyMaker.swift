public import Foundation
import Hospitals
public import Provenance

/// Makes what one side needs: a certificate with its key, a signing key, and the pins for the others.
public struct KeyMaker: Sendable {
  /// Where `openssl` is looked for, as `PATH` writes it.
  private let searchPath: String

  /// A maker that finds `openssl` on a path.
  public init(searchPath: String) { self.searchPath = searchPath }

  /// Writes NAME.crt, NAME.key, NAME.signing and NAME.pins.yaml into a folder; overwrites nothing.
  ///
  /// The certificate is self-signed on P-256: the pin is what counts, not who signed it. Secrets are
  /// readable by their owner alone.
  public func make(_ name: String, in folder: URL, days: Int) throws -> PeerPins {
    guard FederationLimits.isName(name), !name.contains("/"), !name.hasPrefix(".") else {
      throw NetworkError("a name has 1 to \(FederationLimits.nameBytes) bytes and no slash")
    }
    let files = FileManager.default
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    let made = ["crt", "key", "signing", "pins.yaml"].map {
      folder.appending(path: "\(name).\($0)")
    }
    for url in made where files.fileExists(atPath: url.path) {
      throw NetworkError("\(url.lastPathComponent) is there already; keys are never overwritten")
    }
    // The file is made first, with its mode: openssl writes into it and keeps the mode.
    guard files.createFile(atPath: made[1].path, contents: Data(), attributes: secret) else {
      throw NetworkError("cannot write \(made[1].path)")
    }
    do {
      try openssl([
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-batch",
        "-days", "\(days)", "-subj", "/CN=\(name)", "-keyout", made[1].path, "-out", made[0].path,
      ])
    } catch {
      try? files.removeItem(at: made[1])
      throw error
    }
    let key = SigningKey()
    guard
      files.createFile(
        atPath: made[2].path, contents: Data((key.hex + "\n").utf8), attributes: secret)
    else { throw NetworkError("cannot write \(made[2].path)") }
    let tls = try PinnedTLS(certificate: made[0], privateKey: made[1], now: Date())
    let pins = PeerPins(
      name: name, certificate: tls.pin, key: key.verifyingKey, masking: key.maskingKey?.publicHex)
    try AtomicFile.write(
      "- name: \(name)\n  certificate: \(pins.certificate)\n  key: \(pins.key.hex)\n"
        + "  masking: \(pins.masking ?? "")\n", to: made[3])
    return pins
  }

  private var secret: [FileAttributeKey: Any] { [.posixPermissions: 0o600] }

  private func openssl(_ arguments: [String]) throws {
    let candidates = searchPath.split(separator: ":").map { "\($0)/openssl" }
    guard let path = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw NetworkError("there is no program openssl: apt-get install openssl")
    }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw NetworkError("openssl ended with status \(process.terminationStatus)")
    }
  }
}

extension SigningKey {
  /// Reads a signing key's file: 64 hexadecimal digits.
  public init(fileAt url: URL) throws {
    let text: String
    do { text = try String(contentsOf: url, encoding: .utf8) } catch {
      throw NetworkError("the signing key \(url.lastPathComponent) cannot be read")
    }
    guard let key = SigningKey(hex: text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw NetworkError("\(url.lastPathComponent) is no signing key of 64 hexadecimal digits")
    }
    self = key
  }
}
