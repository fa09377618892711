import GRDB

/// The tables of the queue, and how those of older versions become them.
enum JobSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 jobs") { db in
      try db.execute(sql: tables)
      for state in JobState.allCases {
        try db.execute(sql: "INSERT INTO tally VALUES (?, 0)", arguments: [state.rawValue])
        for next in state.successors {
          try db.execute(
            sql: "INSERT INTO transition VALUES (?, ?)", arguments: [state.rawValue, next.rawValue])
        }
      }
      try db.execute(sql: triggers)
    }
    migrator.registerMigration("2 periodic jobs") { db in
      try db.execute(
        sql: """
          CREATE TABLE periodic (
            name TEXT PRIMARY KEY, line TEXT NOT NULL, zone TEXT NOT NULL, request TEXT NOT NULL,
            next REAL
          ) STRICT, WITHOUT ROWID;
          """)
    }
    return migrator
  }

  /// Most indexes are of one state only: a claim costs the same behind a million finished jobs and
  /// before a million ready ones.
  ///
  /// SQLite would take `job_state` for any of them, so queries name theirs.
  private static let tables = """
    CREATE TABLE job (
      id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, payload TEXT NOT NULL,
      user TEXT NOT NULL, priority INTEGER NOT NULL, start REAL, deadline REAL, unique_key TEXT,
      attempts INTEGER NOT NULL, pause REAL NOT NULL, longest_pause REAL NOT NULL,
      state TEXT NOT NULL, attempt INTEGER NOT NULL DEFAULT 0,
      losses INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0,
      pending INTEGER NOT NULL, created REAL NOT NULL, begun REAL, finished REAL, worker TEXT,
      lease_end REAL,
      cancel_requested INTEGER NOT NULL DEFAULT 0, progress REAL NOT NULL DEFAULT 0, outcome TEXT
    ) STRICT;
    CREATE INDEX job_ready ON job (kind, user, priority, id) WHERE state = 'ready';
    CREATE INDEX job_scheduled ON job (start) WHERE state = 'scheduled';
    CREATE INDEX job_running ON job (lease_end) WHERE state = 'running';
    CREATE INDEX job_deadline ON job (deadline)
      WHERE deadline IS NOT NULL AND state IN ('blocked', 'scheduled', 'ready');
    CREATE INDEX job_finished ON job (finished) WHERE finished IS NOT NULL;
    CREATE INDEX job_state ON job (state, id);
    CREATE UNIQUE INDEX job_unique ON job (unique_key)
      WHERE unique_key IS NOT NULL AND state IN ('blocked', 'scheduled', 'ready', 'running');
    CREATE TABLE dependency (
      -- In the key's order, or SQLite 3.40's quick_check takes the table for damaged.
      needs INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
      job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
      PRIMARY KEY (needs, job)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX dependency_job ON dependency (job);
    CREATE TABLE transition (
      before TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY (before, after)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tally (state TEXT PRIMARY KEY, jobs INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE backlog (
      kind TEXT NOT NULL, user TEXT NOT NULL, priority INTEGER NOT NULL, jobs INTEGER NOT NULL,
      PRIMARY KEY (kind, user, priority)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE share (user TEXT PRIMARY KEY, jobs INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    """

  /// The database itself refuses a transition that `JobState` does not know, and keeps the counts by
  /// which jobs are shared out.
  private static let triggers = """
    CREATE TRIGGER job_transition BEFORE UPDATE OF state ON job
    WHEN old.state <> new.state AND NOT EXISTS (
      SELECT 1 FROM transition WHERE before = old.state AND after = new.state)
    BEGIN SELECT RAISE(ABORT, 'a job cannot go from one of these states to the other'); END;
    CREATE TRIGGER job_insert AFTER INSERT ON job BEGIN \(arrival) END;
    CREATE TRIGGER job_delete AFTER DELETE ON job BEGIN \(departure) END;
    CREATE TRIGGER job_update AFTER UPDATE OF state ON job WHEN old.state <> new.state
    BEGIN \(departure) \(arrival) END;
    """

  private static let arrival = """
    UPDATE tally SET jobs = jobs + 1 WHERE state = new.state;
    INSERT INTO backlog SELECT new.kind, new.user, new.priority, 1 WHERE new.state = 'ready'
      ON CONFLICT DO UPDATE SET jobs = jobs + 1;
    INSERT INTO share SELECT new.user, 1 WHERE new.state = 'running'
      ON CONFLICT DO UPDATE SET jobs = jobs + 1;
    """

  private static let departure = """
    UPDATE tally SET jobs = jobs - 1 WHERE state = old.state;
    UPDATE backlog SET jobs = jobs - 1 WHERE old.state = 'ready'
      AND kind = old.kind AND user = old.user AND priority = old.priority;
    DELETE FROM backlog WHERE jobs = 0 AND old.state = 'ready'
      AND kind = old.kind AND user = old.user AND priority = old.priority;
    UPDATE share SET jobs = jobs - 1 WHERE old.state = 'running' AND user = old.user;
    DELETE FROM share WHERE jobs = 0 AND old.state = 'running' AND user = old.user;
    """
}
