/// BCF 2.2 put together byte by byte, after the specification (VCF 4.3, chapter 6).
enum BinaryCalls {
  static let header = """
    ##fileformat=VCFv4.3
    ##FILTER=<ID=PASS,Description="x",IDX=0>
    ##FILTER=<ID=q10,Description="x",IDX=1>
    ##contig=<ID=7,length=159345973,IDX=0>
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="x",IDX=2>
    ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x",IDX=3>
    ##FORMAT=<ID=DS,Number=A,Type=Float,Description="x",IDX=4>
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\tC

    """

  static func file(_ records: [[UInt8]], header: String = header) -> [UInt8] {
    Array("BCF".utf8) + [2, 2] + little(UInt32(header.utf8.count + 1)) + Array(header.utf8) + [0]
      + records.joined()
  }

  /// A record of three people: their alleles (two each, -1 for missing) and other columns.
  static func record(
    position: Int, id: String, alleles: [String], filter: UInt8 = 0, calls: [[Int]]? = nil,
    qualities: [UInt8]? = nil, dosages: [Float]? = nil
  ) -> [UInt8] {
    var columns: [UInt8] = []
    if let calls {
      columns += [0x11, 2, 0x21] + calls.flatMap { $0.map { UInt8(($0 + 1) * 2) } }
    }
    if let qualities { columns += [0x11, 3, 0x11] + qualities }
    if let dosages {
      columns += [0x11, 4, UInt8(dosages.count / 3) << 4 | 5]
      columns += dosages.flatMap { little($0.bitPattern) }
    }
    let count = [calls != nil, qualities != nil, dosages != nil].count { $0 }
    var shared = little(0) + little(UInt32(position - 1)) + little(UInt32(alleles[0].utf8.count))
    shared += little(0x7F80_0001) + little(UInt32(alleles.count) << 16)
    shared += little(UInt32(count) << 24 | 3) + text(id) + alleles.flatMap(text) + [0x11, filter]
    return little(UInt32(shared.count)) + little(UInt32(columns.count)) + shared + columns
  }

  private static func text(_ text: String) -> [UInt8] {
    [UInt8(text.utf8.count) << 4 | 7] + Array(text.utf8)
  }

  private static func little(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  static let example = file([
    record(
      position: 10, id: "v1", alleles: ["A", "G"], calls: [[0, 1], [1, 1], [-1, -1]],
      qualities: [30, 9, 40]),
    record(
      position: 11, id: ".", alleles: ["A", "G"], filter: 1, calls: [[0, 0], [0, 0], [0, 0]]),
    record(
      position: 12, id: "v3", alleles: ["A", "G", "T"], calls: [[1, 2], [0, 2], [-1, -1]],
      dosages: [0, 0, 0, 0, 0, 2]),
  ])
}
