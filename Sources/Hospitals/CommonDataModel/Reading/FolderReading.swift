/// What was found in a folder of the Common Data Model, table by table.
public struct FolderReading: Sendable {
  /// The version that the folder was read by.
  public let version: ModelVersion
  /// The last day of the records, where it is known.
  public let lastDay: Int?
  /// The tables with a file that holds a header or rows, in the order in which they were read.
  public let accounts: [TableAccount]
  /// Tables of the version without a file, or with an empty one.
  public let absent: [String]
  /// Files that are no table of the version, by the table's name.
  public let unknownTables: [String]
  /// How many persons there are.
  public let persons: Int
  /// Whether concepts could be looked up.
  public let hasVocabulary: Bool

  /// Reads all tables, row by row.
  ///
  /// - Parameter progress: told of each table before it is read.
  /// - Complexity: O(rows); memory grows with persons and, by bits, with identifiers.
  public init(_ folder: RecordFolder, progress: (String) -> Void = { _ in }) throws {
    var scan = FolderScan(folder)
    var accounts: [TableAccount] = []
    var absent: [String] = []
    for table in folder.layout.readingOrder {
      if folder.sources[table] != nil { progress(table) }
      if let account = try scan.read(table) {
        accounts.append(account)
      } else {
        absent.append(table)
      }
    }
    version = folder.layout.version
    lastDay = folder.lastDay
    self.accounts = accounts
    self.absent = absent
    unknownTables = folder.unknownTables
    persons = scan.register.count
    hasVocabulary = !scan.concepts.isEmpty
  }

  /// Whether every row of every table has its place.
  public var isComplete: Bool { accounts.allSatisfy(\.isComplete) }
}
