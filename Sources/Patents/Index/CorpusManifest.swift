public import Foundation
public import Provenance

/// What an index was made of and holds: the content of `corpus.json`.
public struct CorpusManifest: Codable, Hashable, Sendable {
  /// The file's name in an index.
  public static let fileName = "corpus.json"
  /// The format written now.
  public static let currentFormat = 1

  /// One table that was read.
  public struct Input: Codable, Hashable, Sendable {
    /// The file's name without folders.
    public var name: String
    /// The digest of its bytes; nil for standard input.
    public var digest: Digest?
    /// Which table it is.
    public var layout: PatentLayout
    /// How many of its rows went where.
    public var counts: CorpusInputCounts

    /// Creates an input.
    public init(
      name: String, digest: Digest?, layout: PatentLayout, counts: CorpusInputCounts
    ) {
      self.name = name
      self.digest = digest
      self.layout = layout
      self.counts = counts
    }
  }

  /// The format.
  public var format = CorpusManifest.currentFormat
  /// The version of the program that wrote it.
  public var madeBy = CodeVersion.current
  /// The corpus' name in sentences.
  public var name: String
  /// The day up to which it goes: as given, else the latest publication.
  public var upTo: PatentDate?
  /// What decides that two structures have the same connectivity.
  public var connectivity: ConnectivityRule
  /// What it holds.
  public var counts: LinkCounts
  /// Structures that were refused on standardisation, by the refusal's code.
  public var refusedStructures: [String: Int]
  /// Compounds that a similarity search can find.
  public var searchable: Int
  /// What was left out of rows and joins, by reason.
  public var marks: [CorpusMark: Int]
  /// The tables it was read from.
  public var inputs: [Input]
  /// The digest of the link file.
  public var links: Digest
  /// Stands for the compounds' library.
  public var library: Digest
  /// The digest of this manifest without this entry.
  public var seal: Digest?

  /// Creates a manifest.
  public init(
    name: String, upTo: PatentDate?, connectivity: ConnectivityRule, counts: LinkCounts,
    refusedStructures: [String: Int],
    searchable: Int, marks: [CorpusMark: Int], inputs: [Input], links: Digest, library: Digest
  ) {
    self.name = name
    self.upTo = upTo
    self.connectivity = connectivity
    self.counts = counts
    self.refusedStructures = refusedStructures
    self.searchable = searchable
    self.marks = marks
    self.inputs = inputs
    self.links = links
    self.library = library
  }

  /// Writes the manifest into an index's folder.
  /// - Returns: the manifest with its seal.
  public func write(into folder: URL) throws -> CorpusManifest {
    var sealed = self
    sealed.seal = try unsealed()
    try StableJSON.write(sealed, to: folder.appending(path: Self.fileName))
    return sealed
  }

  /// Reads the manifest of an index.
  public static func read(in folder: URL) throws -> CorpusManifest {
    let url = folder.appending(path: fileName)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw PatentError.notFound(path: folder.path)
    }
    struct FormatOnly: Decodable { let format: Int }
    guard let data = try? Data(contentsOf: url),
      let format = try? JSONDecoder().decode(FormatOnly.self, from: data).format
    else { throw PatentError.damaged(file: fileName, reason: "it is not the JSON of an index") }
    guard format == currentFormat else {
      throw PatentError.newerFormat(found: format, known: currentFormat)
    }
    guard let manifest = try? StableJSON.decode(CorpusManifest.self, from: data) else {
      throw PatentError.damaged(file: fileName, reason: "it is not the JSON of an index")
    }
    guard let seal = manifest.seal, seal == (try? manifest.unsealed()) else {
      throw PatentError.damaged(
        file: fileName, reason: "its digest is not the one noted at its writing")
    }
    return manifest
  }

  private func unsealed() throws -> Digest {
    var bare = self
    bare.seal = nil
    return Digest(of: Array(try StableJSON.encode(bare)))
  }
}
