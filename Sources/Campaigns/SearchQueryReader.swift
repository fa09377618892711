public import CompoundLibrary
public import Entities
import Featurization
import Fingerprints
import Molecules
public import Parallelism
public import Records

/// Reads the queries of a search in batches, so that a million of them need no more memory than a
/// hundred.
public struct SearchQueryReader {
  private enum Source {
    case structures(CompoundReader)
    case fingerprints(FPSReader)
    case given([SearchQuery])
  }

  private let options: LibraryOptions
  private let pool: WorkerPool
  private var source: Source

  /// Reads structures and makes their fingerprints as the library did.
  public init(structures: CompoundReader, for library: Library, pool: WorkerPool) {
    options = library.options
    self.pool = pool
    source = .structures(structures)
  }

  /// Hands over structures that are at hand, as SMILES with their identifiers.
  ///
  /// - Throws: the refusal of the first that cannot be used.
  public init(
    _ structures: [(id: String, smiles: String)], for library: Library, pool: WorkerPool
  ) throws(Refusal) {
    options = library.options
    self.pool = pool
    var queries: [SearchQuery] = []
    for (id, smiles) in structures {
      queries.append(try options.query(.smiles(smiles), id: id))
    }
    source = .given(queries)
  }

  /// Reads the fingerprints of an FPS file, also packed by gzip.
  ///
  /// - Throws: when the file is no FPS, or its fingerprints have another width than the library's.
  public init(fingerprints: RecordSource, for library: Library, pool: WorkerPool) throws {
    options = library.options
    self.pool = pool
    let bytes = try RecordBytes(fingerprints)
    let reader = try FPSReader(chunk: { try bytes.next() })
    let width = library.options.fingerprint.bitCount
    guard reader.header.bitCount == width else {
      throw QueryWidthError(found: reader.header.bitCount, expected: width)
    }
    source = .fingerprints(reader)
  }

  /// The share of the input's bytes that were read, 0 to 1; nil where that is not known.
  public var share: Double? {
    guard case .structures(let reader) = source, let total = reader.totalBytes else { return nil }
    return Double(reader.bytesRead) / Double(max(total, 1))
  }

  /// The next `count` queries and refusals in the order of the input; nil at the end.
  public mutating func next(_ count: Int) throws -> [ReadQuery]? {
    switch source {
    case .given(let queries):
      source = .given(Array(queries.dropFirst(count)))
      return queries.isEmpty ? nil : queries.prefix(count).map { .query($0) }
    case .structures(let reader):
      guard let records = try reader.nextChunk(count) else { return nil }
      return pool.map(records.count) { [options] in options.query(records[$0]) }
    case .fingerprints(var reader):
      var queries: [ReadQuery] = []
      while queries.count < count, let query = try query(&reader) { queries.append(query) }
      source = .fingerprints(reader)
      return queries.isEmpty ? nil : queries
    }
  }

  private func query(_ reader: inout FPSReader) throws -> ReadQuery? {
    do {
      guard let record = try reader.next() else { return nil }
      return .query(SearchQuery(id: record.id, smiles: "", fingerprint: record.fingerprint))
    } catch let error as FPSError {
      return .refused(
        RefusedRecord(line: error.line, reason: .unreadable(error.description)))
    }
  }
}

/// Fingerprints that cannot be compared with a library's.
public struct QueryWidthError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The width of the file's fingerprints.
  public let found: Int
  /// The width of the library's.
  public let expected: Int

  /// One line for a reader.
  public var description: String {
    "the file's fingerprints have \(found) bits, the library's \(expected)"
  }
}

extension LibraryOptions {
  /// A record as a query, or its refusal.
  func query(_ record: ReadRecord) -> ReadQuery {
    switch record {
    case .refused(let refused, _): return .refused(refused)
    case .record(let record):
      do throws(Refusal) {
        return .query(try query(record.structure, id: record.id))
      } catch {
        return .refused(RefusedRecord(line: record.line, id: record.id, reason: error))
      }
    }
  }

  /// A structure as a query against a library of these options.
  func query(_ structure: StructureText, id: String) throws(Refusal) -> SearchQuery {
    let compound = try preparation.compound(from: structure)
    do throws(MoleculeError) {
      let words = try compound.structure.fingerprintWords(fingerprint)
      return SearchQuery(
        id: id, smiles: compound.smiles,
        fingerprint: Fingerprint(bitCount: fingerprint.wordCount * 64, words: words))
    } catch { throw error.refusal }
  }
}
