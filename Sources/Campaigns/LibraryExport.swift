public import CompoundLibrary
import Featurization
import Fingerprints
import Molecules
public import Records

/// Writes a library's fingerprints for other programs.
public struct LibraryExport {
  private let library: Library

  /// Prepares an export.
  public init(_ library: Library) { self.library = library }

  /// Writes the fingerprints as FPS, chemfp's text format, in the order of the rows.
  public func writeFPS(to destination: OutputDestination) throws {
    let file = try OutputFile(destination)
    var writer = try FPSWriter(header: header) { bytes in
      try file.write(String(decoding: bytes, as: UTF8.self))
    }
    for row in 0..<library.rows where !library.isDeleted(row) {
      try writer.append(fingerprint(row), id: library.id(row))
    }
    try writer.finish()
    try file.finish()
  }

  /// Writes the fingerprints as FPB, chemfp's binary format, by ascending popcount.
  ///
  /// All of them are held in memory meanwhile: 256 bytes a compound.
  public func writeFPB(to path: String) throws {
    let rows = (0..<library.rows).filter { !library.isDeleted($0) }
    let arena = FingerprintArena(bitCount: header.bitCount, rows.map(fingerprint))
    let writer = FPBWriter(header: header, rows: arena.rows) { library.id(rows[$0]) }
    let file = try OutputFile(.file(path))
    try writer.write { try file.write(bytes: $0) }
    try file.finish()
  }

  private var header: FPSHeader {
    let algorithm = library.options.fingerprint
    var header = FPSHeader(bitCount: algorithm.bitCount, type: algorithm.fpsType)
    header.sources = library.inputs.map(\.name)
    return header
  }

  private func fingerprint(_ row: Int) -> Fingerprint {
    let (segment, local) = library.locate(row)
    let words = segment.fingerprints[local].words
    let width = header.bitCount
    return Fingerprint(bitCount: width, words: Array(words.prefix((width + 63) / 64)))
  }
}

extension FingerprintAlgorithm {
  /// The kind as FPS files name it; the parameters are those of RDKit's Python face.
  var fpsType: String {
    switch self {
    case .morgan(let radius, let bits):
      "RDKit-Morgan/1 radius=\(radius) fpSize=\(bits) useFeatures=0 useChirality=0 useBondTypes=1"
    case .featureMorgan(let radius, let bits):
      "RDKit-Morgan/1 radius=\(radius) fpSize=\(bits) useFeatures=1 useChirality=0 useBondTypes=1"
    case .maccs: "RDKit-MACCS166/2"
    case .atomPair(let bits): "RDKit-AtomPair/2 fpSize=\(bits) minLength=1 maxLength=30"
    case .topologicalTorsion(let bits): "RDKit-Torsion/2 fpSize=\(bits) targetSize=4"
    case .rdkitPath(let bits):
      "RDKit-Fingerprint/2 minPath=1 maxPath=7 fpSize=\(bits) nBitsPerHash=2 useHs=1"
    }
  }
}
