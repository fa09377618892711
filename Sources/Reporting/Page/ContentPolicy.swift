import Foundation
import Provenance

/// A page's content security policy: its own style and script by their digests, and nothing else.
///
/// A script that slipped in through a compound's name would not run, should escaping ever fail.
enum ContentPolicy {
  /// The policy of a page with this style and script; an empty script means none.
  ///
  /// - Parameter connects: whether the script may ask the server that the page came from.
  static func text(
    style: String = PageStyle.text, script: String = PageScript.text, connects: Bool = false
  ) -> String {
    """
    default-src 'none'; style-src '\(source(style))'; \
    script-src '\(script.isEmpty ? "none" : source(script))'; \(connects ? "connect-src 'self'; " : "")\
    base-uri 'none'; form-action 'none'
    """
  }

  /// A source expression, `sha256-` and the digest of the element's text in base 64.
  static func source(_ text: String) -> String {
    let digits = Array(Digest(of: text).hex)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
    return "sha256-\(Data(bytes).base64EncodedString())"
  }
}
