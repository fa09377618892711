import Fingerprints

/// The reader of FPS files, fed in pieces whose size the first byte chooses.
enum FPSTarget: FuzzTarget {
  static let name = "fps"

  static func seeds() -> [[UInt8]] {
    [
      "\u{40}#FPS1\n#num_bits=16\n#type=T/1 a=b\n#source=x\n00ff\tone\nFF00\ttwo\tmore\n",
      "\u{07}#FPS1\r\n0123456789abcdef\tid é\r\n", "#FPS1\n#num_bits=166\n",
    ].map { Array($0.utf8) }
  }

  static func take(_ bytes: [UInt8]) {
    guard let size = bytes.first.map({ Int($0) + 1 }) else { return }
    var rest = bytes.dropFirst()
    let reader = try? FPSReader(lineLimit: 4_096) { () -> [UInt8]? in
      if rest.isEmpty { return nil }
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
    guard var reader else { return }
    var errors = 0
    // A reader goes on after a bad line, so this ends after as many lines as there are.
    while errors <= bytes.count {
      do {
        guard let record = try reader.next() else { break }
        precondition(record.fingerprint.bitCount == reader.header.bitCount)
        precondition(
          (try? Fingerprint(hex: record.fingerprint.hex, bitCount: reader.header.bitCount))
            == record.fingerprint)
      } catch { errors += 1 }
    }
    precondition(errors <= bytes.count, "the reader gives errors without end")
  }
}
