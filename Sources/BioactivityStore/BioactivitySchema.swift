import GRDB

/// The tables of the store.
enum BioactivitySchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 activities") { db in try db.execute(sql: tables) }
    return migrator
  }

  /// A spelling is a structure as a source writes it; many spellings share one standard structure.
  ///
  /// In tables without row numbers the key's columns come first, in the key's order, or SQLite
  /// 3.40's quick_check takes them for damaged.
  private static let tables = """
    CREATE TABLE source (
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
      format TEXT NOT NULL, rows INTEGER NOT NULL DEFAULT 0, complete INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE structure (
      id INTEGER PRIMARY KEY, smiles TEXT NOT NULL UNIQUE, inchikey TEXT NOT NULL
    ) STRICT;
    CREATE TABLE spelling (
      id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, structure INTEGER REFERENCES structure,
      code TEXT, detail TEXT
    ) STRICT;
    CREATE TABLE target (
      id INTEGER PRIMARY KEY, uniprot TEXT NOT NULL UNIQUE, name TEXT NOT NULL
    ) STRICT;
    CREATE TABLE reference (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE measurement (
      source INTEGER NOT NULL REFERENCES source, row INTEGER NOT NULL, endpoint TEXT NOT NULL,
      relation TEXT NOT NULL, nanomolar REAL NOT NULL, direction TEXT NOT NULL, assay TEXT,
      target INTEGER NOT NULL REFERENCES target, spelling INTEGER NOT NULL REFERENCES spelling,
      reference INTEGER REFERENCES reference, PRIMARY KEY (source, row, endpoint)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX measurement_target ON measurement (target, endpoint, spelling);
    CREATE TABLE refusal (
      source INTEGER NOT NULL REFERENCES source, row INTEGER NOT NULL, endpoint TEXT NOT NULL,
      line INTEGER NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL,
      PRIMARY KEY (source, row, endpoint)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE gene (
      uniprot TEXT NOT NULL, symbol TEXT NOT NULL, hgnc TEXT NOT NULL, name TEXT NOT NULL,
      PRIMARY KEY (uniprot, symbol)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE symbol (
      text TEXT NOT NULL COLLATE NOCASE, kind INTEGER NOT NULL, uniprot TEXT NOT NULL,
      PRIMARY KEY (text, kind, uniprot)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER measurement_stays BEFORE UPDATE ON measurement
    BEGIN SELECT RAISE(ABORT, 'a measurement never changes'); END;
    CREATE TRIGGER measurement_remains BEFORE DELETE ON measurement
    BEGIN SELECT RAISE(ABORT, 'a measurement is never removed'); END;
    """
}
