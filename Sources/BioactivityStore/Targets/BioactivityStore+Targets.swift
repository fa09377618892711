import GRDB

extension BioactivityStore {
  /// The targets with activities, those of most compounds first.
  /// - Complexity: O(measurements of the targets asked for)
  public func targets(matching query: TargetQuery) throws(BioactivityError) -> [TargetSummary] {
    var accessions: [String]?
    if let gene = query.gene { accessions = try self.accessions(of: gene) }
    if let uniprot = query.uniprot {
      accessions = (accessions ?? [uniprot]).filter { $0 == uniprot }
    }
    return try read { db in
      let targets = try Self.rows(of: accessions, db)
      var summaries: [TargetSummary] = []
      for target in targets {
        let summary = try Self.summary(target, db)
        if summary.compounds >= max(query.atLeast, 1) { summaries.append(summary) }
      }
      return summaries.sorted { ($1.compounds, $0.uniprot) < ($0.compounds, $1.uniprot) }
    }
  }

  /// The one target an accession or a symbol names.
  public func target(named name: String) throws(BioactivityError) -> TargetSummary {
    var found = try targets(matching: TargetQuery(uniprot: name))
    if found.isEmpty { found = try targets(matching: TargetQuery(gene: name)) }
    guard let first = found.first else { throw .unknownTarget(name) }
    guard found.count == 1 else {
      throw .ambiguousTarget(name, accessions: found.map(\.uniprot))
    }
    return first
  }

  /// The accessions of an approved symbol, else of an earlier one, else of an alias, in any case.
  private func accessions(of symbol: String) throws(BioactivityError) -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT uniprot FROM symbol WHERE text = ?1
            AND kind = (SELECT min(kind) FROM symbol WHERE text = ?1) ORDER BY uniprot
          """, arguments: [symbol])
    }
  }

  private static func rows(of accessions: [String]?, _ db: Database) throws -> [Row] {
    // Some proteins are those of several genes (histones): their symbols stand side by side.
    let sql = """
      SELECT target.id AS id, target.uniprot AS uniprot, target.name AS given,
        (SELECT group_concat(symbol, '|') FROM gene WHERE gene.uniprot = target.uniprot) AS symbol,
        (SELECT min(name) FROM gene WHERE gene.uniprot = target.uniprot) AS approved
      FROM target
      """
    guard let accessions else { return try Row.fetchAll(db, sql: sql + " ORDER BY uniprot") }
    return try accessions.flatMap {
      try Row.fetchAll(db, sql: sql + " WHERE target.uniprot = ?", arguments: [$0])
    }
  }

  private static func summary(_ target: Row, _ db: Database) throws -> TargetSummary {
    let id: Int64 = target["id"]
    var counts: [ActivityEndpoint: Int] = [:]
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT endpoint, count(*) AS n FROM measurement
          JOIN source ON source.id = measurement.source AND source.complete
          WHERE target = ? GROUP BY endpoint
          """),
      arguments: [id])
    for row in rows {
      if let endpoint = ActivityEndpoint(rawValue: row["endpoint"]) { counts[endpoint] = row["n"] }
    }
    let compounds = try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(DISTINCT inchikey) FROM measurement
          JOIN source ON source.id = measurement.source AND source.complete
          JOIN spelling ON spelling.id = measurement.spelling
          JOIN structure ON structure.id = spelling.structure WHERE target = ?
          """), arguments: [id])
    return TargetSummary(
      uniprot: target["uniprot"], gene: target["symbol"],
      name: target["approved"] ?? target["given"], counts: counts, compounds: compounds ?? 0)
  }
}
