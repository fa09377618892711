import Foundation
import Glibc

/// A web server on this machine that breaks off its first answers; a process of its own, ended by
/// its number when the test ends.
final class BrokenServer {
  /// What it serves under `/a.csv`.
  static let text = String(repeating: "CCO,1\n", count: 1000)

  private let process = Process()
  private let log: URL
  private(set) var port = 0

  /// - Parameters:
  ///   - breaks: how many answers break off halfway.
  ///   - ranges: whether it goes on in the middle when asked.
  init(in folder: URL, breaks: Int, ranges: Bool) throws {
    log = folder.appending(path: "server.log")
    try Data().write(to: log)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c", BrokenServer.script, log.path, String(breaks), ranges ? "1" : "0",
    ]
    try process.run()
    while port == 0, process.isRunning {
      Thread.sleep(forTimeInterval: 0.02)
      port = lines(beginningWith: "port").first ?? 0
    }
  }

  /// How many bytes each answer so far carried.
  var bytesSent: [Int] { lines(beginningWith: "sent") }

  private func lines(beginningWith word: String) -> [Int] {
    let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix(word) }
      .compactMap { Int($0.dropFirst(word.count + 1)) }
  }

  // A child of a pool thread inherits its blocked signals, so only the strongest one reaches it.
  deinit {
    if process.isRunning { _ = kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  private static let script = """
    import http.server, socketserver, sys
    log, breaks, ranges = open(sys.argv[1], "a", buffering=1), int(sys.argv[2]), sys.argv[3] == "1"
    text = b"CCO,1\\n" * 1000
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            global breaks
            if self.path != "/a.csv":
                return self.send_error(404)
            wanted = self.headers.get("Range")
            start = int(wanted[6:-1]) if wanted and ranges else 0
            body = text[start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if breaks > 0:
                breaks -= 1
                body = body[:len(body) // 2]
            print("sent", len(body), file=log)
            self.wfile.write(body)
        def log_message(self, *words):
            pass
    server = socketserver.TCPServer(("127.0.0.1", 0), Handler)
    print("port", server.server_address[1], file=log)
    server.serve_forever()
    """
}
