import GRDB

/// Some rows of a source, and the spellings among them that the store does not know.
struct ActivityBatch: Sendable {
  let first: Int
  let rows: [ImportSource.Read]
  let unknown: [String]
  var standards: [Result<SpellingPreparation.Standard, ActivityRefusal>] = []

  /// The place of the last row.
  var last: Int { first + rows.count - 1 }

  func standardised() -> ActivityBatch {
    var batch = self
    batch.standards = unknown.map(SpellingPreparation.standard)
    return batch
  }
}

/// Brings batches of one source into the store, each in one transaction.
struct ActivityIntake {
  let store: BioactivityStore
  let source: Int64
  let name: String
  /// Spellings on their way: an earlier batch brings them.
  private var underWay: Set<String> = []
  private var targets: [String: Int64] = [:]
  private var references: [String: Int64] = [:]

  init(store: BioactivityStore, source: Int64, name: String) {
    self.store = store
    self.source = source
    self.name = name
  }

  mutating func batch(of rows: [ImportSource.Read]) throws -> ActivityBatch {
    let known = underWay
    let unknown = try store.read { db in
      let statement = try db.cachedStatement(sql: "SELECT 1 FROM spelling WHERE text = ?")
      var seen: Set<String> = []
      return try rows.compactMap { read -> String? in
        guard case .row(let row) = read.outcome, !known.contains(row.smiles),
          seen.insert(row.smiles).inserted
        else { return nil }
        return try Int.fetchOne(statement, arguments: [row.smiles]) == nil ? row.smiles : nil
      }
    }
    underWay.formUnion(unknown)
    return ActivityBatch(first: rows[0].row, rows: rows, unknown: unknown)
  }

  mutating func store(_ batch: ActivityBatch) throws {
    var next = self
    try store.write { db in
      let done = try Int.fetchOne(
        db, sql: "SELECT rows FROM source WHERE id = ?", arguments: [source])
      guard done == batch.first - 1 else { throw BioactivityError.twice(source: name) }
      for (text, standard) in zip(batch.unknown, batch.standards) {
        try Self.insert(text, standard, db)
      }
      for read in batch.rows { try next.insert(read, db) }
      try db.execute(
        sql: "UPDATE source SET rows = ? WHERE id = ?", arguments: [batch.last, source])
    }
    // Identifiers are remembered once they are in the store.
    self = next
    underWay.subtract(batch.unknown)
  }

  private static func insert(
    _ text: String, _ standard: Result<SpellingPreparation.Standard, ActivityRefusal>,
    _ db: Database
  ) throws {
    switch standard {
    case .success(let standard):
      try db.cachedStatement(
        sql: "INSERT OR IGNORE INTO structure (smiles, inchikey) VALUES (?, ?)"
      ).execute(arguments: [standard.smiles, standard.inchiKey])
      try db.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO spelling (text, structure)
          SELECT ?, id FROM structure WHERE smiles = ?
          """
      ).execute(arguments: [text, standard.smiles])
    case .failure(let refusal):
      try db.cachedStatement(
        sql: "INSERT OR IGNORE INTO spelling (text, code, detail) VALUES (?, ?, ?)"
      ).execute(arguments: [text, refusal.code.rawValue, refusal.detail])
    }
  }

  private mutating func insert(_ read: ImportSource.Read, _ db: Database) throws {
    switch read.outcome {
    case .refused(let refusal): try insert(refusal, of: read, endpoint: "", db)
    case .row(let row):
      let spelling = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT id, code, detail FROM spelling WHERE text = ?"),
        arguments: [row.smiles])
      guard let spelling else {
        throw BioactivityError.unavailable("a structure is missing in the store")
      }
      if let text: String = spelling["code"], let code = ActivityRefusal.Code(rawValue: text) {
        let refusal = ActivityRefusal(code, spelling["detail"] ?? "")
        return try insert(refusal, of: read, endpoint: "", db)
      }
      try insert(row, of: read, spelling: spelling["id"], db)
    }
  }

  private mutating func insert(
    _ row: ActivityRow, of read: ImportSource.Read, spelling: Int64, _ db: Database
  ) throws {
    let target = try Self.identifier(
      of: row.accession, in: &targets, db,
      insert: "INSERT OR IGNORE INTO target (uniprot, name) VALUES (?, ?)",
      arguments: [row.accession, row.targetName], select: "SELECT id FROM target WHERE uniprot = ?")
    let reference = try row.reference.map { text in
      try Self.identifier(
        of: text, in: &references, db, insert: "INSERT OR IGNORE INTO reference (text) VALUES (?)",
        arguments: [text], select: "SELECT id FROM reference WHERE text = ?")
    }
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO measurement (source, row, endpoint, relation, nanomolar, direction, assay,
          target, spelling, reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for value in row.values {
      try statement.execute(
        arguments: [
          source, read.row, value.endpoint.rawValue, value.relation.rawValue, value.nanomolar,
          (row.direction ?? value.endpoint.usualDirection).rawValue, row.assay, target, spelling,
          reference,
        ])
    }
    for (endpoint, refusal) in row.faults {
      try insert(refusal, of: read, endpoint: endpoint.rawValue, db)
    }
  }

  private func insert(
    _ refusal: ActivityRefusal, of read: ImportSource.Read, endpoint: String, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO refusal (source, row, endpoint, line, code, detail) VALUES (?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [source, read.row, endpoint, read.line, refusal.code.rawValue, refusal.detail])
  }

  private static func identifier(
    of text: String, in known: inout [String: Int64], _ db: Database, insert: String,
    arguments: StatementArguments, select: String
  ) throws -> Int64 {
    if let id = known[text] { return id }
    try db.cachedStatement(sql: insert).execute(arguments: arguments)
    guard let id = try Int64.fetchOne(db.cachedStatement(sql: select), arguments: [text]) else {
      throw BioactivityError.unavailable("an entry is missing in the store")
    }
    known[text] = id
    return id
  }
}
