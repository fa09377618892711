import Glibc

/// Ends a process that did not stop when it was asked.
enum ProcessEnd {
  static func kill(_ process: Int32) { _ = Glibc.kill(process, SIGKILL) }
}
