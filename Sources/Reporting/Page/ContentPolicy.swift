import Foundation
import Provenance

/// The page's content security policy: its own style and script by their digests, and nothing else.
///
/// A script that slipped in through a compound's name would not run, should escaping ever fail.
enum ContentPolicy {
  static var text: String {
    """
    default-src 'none'; style-src '\(source(PageStyle.text))'; \
    script-src '\(source(PageScript.text))'; base-uri 'none'; form-action 'none'
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
