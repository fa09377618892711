import Foundation
import TestSupport

/// A PostgreSQL server of a test's own: in a scratch folder, on a socket there, gone with the test.
final class PostgresServer {
  /// Where Debian puts the newest server's programs; nil where there is none.
  static let programs: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.compactMap(Int.init).max().map { "\(root)/\($0)/bin" }
  }()

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  let scratch: ScratchFolder
  var address: String { "postgresql:///postgres?host=\(scratch.url.path)&user=osong" }

  init() throws {
    scratch = try ScratchFolder()
    let data = scratch.path("data")
    // The server does not run as root; its own user needs the folder.
    if getuid() == 0 { try Self.run("/usr/bin/chown", ["postgres", scratch.url.path]) }
    try Self.serve("initdb", ["-D", data, "-U", "osong", "-A", "trust", "--no-sync"])
    try Self.serve(
      "pg_ctl",
      [
        "-D", data, "-w", "-l", scratch.path("log"), "-o",
        "-k \(scratch.url.path) -c listen_addresses= -c fsync=off", "start",
      ])
  }

  deinit { try? stop() }

  func stop() throws {
    try Self.serve("pg_ctl", ["-D", scratch.path("data"), "-m", "immediate", "stop"])
  }

  /// Runs statements by psql and gives what it prints.
  @discardableResult
  func run(_ statements: String, as user: String = "osong") throws -> String {
    try Self.run(
      "/usr/bin/psql",
      [
        "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", scratch.url.path, "-U", user, "-d",
        "postgres", "-c", statements,
      ])
  }

  private static func serve(_ program: String, _ arguments: [String]) throws {
    // A server that lives on must hold nothing of the test's: it would seem never to end.
    let letGo = """
      for held in /proc/$$/fd/*; do
        held=${held##*/}
        if [ "$held" -gt 2 ]; then eval "exec $held>&-"; fi
      done
      exec "$@" >/dev/null
      """
    let user = getuid() == 0 ? ["/usr/sbin/runuser", "-u", "postgres", "--"] : []
    try run(
      "/bin/bash", ["-c", letGo, "bash"] + user + ["\(programs ?? "")/\(program)"] + arguments)
  }

  @discardableResult
  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: "/")
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(description: "\(program) \(arguments): \(process.terminationStatus)")
    }
    return String(decoding: text, as: UTF8.self)
  }
}
