import Glibc

/// A process that was begun with Foundation's `Process`, and the programs that it began: they are one
/// group, so a verb that runs programs of others does not leave them behind.
enum ProcessGroup {
  static func terminate(_ leader: Int32) { _ = Glibc.kill(-leader, SIGTERM) }
  static func kill(_ leader: Int32) { _ = Glibc.kill(-leader, SIGKILL) }
}
