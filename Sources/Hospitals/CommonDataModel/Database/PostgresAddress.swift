internal import CPostgres

/// How a database is reached, as libpq reads it: a URL or words such as `host=… dbname=…`.
struct PostgresAddress: Hashable, Sendable {
  /// The text for libpq.
  let text: String
  /// The database and its host, for messages and records: no user, no password.
  let name: String

  /// Reads an address, and refuses one with a password: a command line is seen by others, and is
  /// written down with the result.
  init(_ text: String) throws(HospitalError) {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = unsafe PQconninfoParse(text, &message) else {
      unsafe PQfreemem(message)
      throw HospitalError("the database's address cannot be read; postgresql://host/name is one")
    }
    defer { unsafe PQconninfoFree(options) }
    var said: [String: String] = [:]
    var option = unsafe options
    while let keyword = unsafe option.pointee.keyword {
      if let value = unsafe option.pointee.val {
        unsafe said[String(cString: keyword)] = String(cString: value)
      }
      unsafe option += 1
    }
    guard said["password"] == nil, said["sslpassword"] == nil else {
      throw HospitalError(
        "the database's address holds a password, which others would see: put it into ~/.pgpass or "
          + "a service file")
    }
    self.text = text
    name =
      said["service"].map { "service \($0)" }
      ?? "\(said["host"] ?? "localhost")/\(said["dbname"] ?? said["user"] ?? "")"
  }

  /// Whether a text names a database and no folder.
  static func isMeant(by text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
  }
}
