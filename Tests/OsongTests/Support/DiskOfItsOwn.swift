import Foundation
import TestSupport

/// A file system in memory, of a chosen size.
final class DiskOfItsOwn {
  private let scratch: ScratchFolder
  var path: String { scratch.url.path }

  init(kibibytes: Int) throws {
    scratch = try ScratchFolder()
    try Self.run("mount -t tmpfs -o size=\(kibibytes)k tmpfs \(scratch.url.path)")
  }

  func resize(kibibytes: Int) throws {
    try Self.run("mount -o remount,size=\(kibibytes)k \(path)")
  }

  /// Whether this machine lets a test have one.
  static let isPossible =
    getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/mount")

  private static func run(_ command: String) throws {
    let ending = try Program.run([], shell: command)
    guard ending.code == 0 else { throw Fixture.Failure(story: ending.story) }
  }

  deinit { try? Self.run("umount \(path)") }
}
