import Foundation
import Provenance

/// A package index in a folder: a `python3` in front of the real one whose `pip download` copies a
/// wheel made by the test, or misbehaves as the test wants.
struct FakeIndex {
  enum Behaviour: String { case good, fails, hangs, bringsNothing, bringsGarbage }

  static let real = ProcessInfo.processInfo.environment
  let folder: URL
  let environment: [String: String]
  let wheelDigest: Digest

  /// - Parameter inner: files of an archive that stands in the place of each member ending in `.zip`.
  init(
    in root: URL, members: [String: String], inner: [String: String] = [:],
    behaviour: Behaviour = .good
  ) throws {
    folder = root.appending(path: "index")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let wheel = folder.appending(path: "toy-1.0-py3-none-any.whl")
    try FakeIndex.zip(members, inner: inner, to: wheel)
    wheelDigest = try Digest(ofFileAt: wheel)
    let action =
      switch behaviour {
      case .good: "cp '\(wheel.path)' \"$dest\""
      case .fails: "echo 'ERROR: No matching distribution found' >&2; exit 1"
      case .hangs: "exec sleep 60"
      case .bringsNothing: "true"
      case .bringsGarbage: "echo garbage > \"$dest/toy-1.0-py3-none-any.whl\""
      }
    let script = """
      #!/bin/sh
      if [ "$2" = pip ]; then
        echo "$*" >> '\(folder.path)/calls'
        while [ "$1" != --dest ]; do shift; done
        dest=$2
        \(action)
        exit
      fi
      PATH='\(FakeIndex.real["PATH"] ?? "")' exec python3 "$@"
      """
    let python = folder.appending(path: "python3")
    try Data(script.utf8).write(to: python)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: python.path)
    var environment = FakeIndex.real
    environment["PATH"] = "\(folder.path):\(FakeIndex.real["PATH"] ?? "")"
    self.environment = environment
  }

  /// How often pip was asked to download.
  var calls: Int {
    let text = try? String(contentsOf: folder.appending(path: "calls"), encoding: .utf8)
    return text?.split(separator: "\n").count ?? 0
  }

  private static func zip(
    _ members: [String: String], inner: [String: String], to url: URL
  ) throws {
    let script = """
      import io, json, sys, zipfile
      def pack(target, members):
          with zipfile.ZipFile(target, "w") as archive:
              for name, content in sorted(members.items()):
                  archive.writestr(zipfile.ZipInfo(name), content)
      members, inner = json.loads(sys.argv[2]), json.loads(sys.argv[3])
      if inner:
          archive = io.BytesIO()
          pack(archive, inner)
          for name in members:
              if name.endswith(".zip"):
                  members[name] = archive.getvalue()
      pack(sys.argv[1], members)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let json = try [members, inner].map {
      String(decoding: try JSONEncoder().encode($0), as: UTF8.self)
    }
    process.arguments = ["python3", "-c", script, url.path] + json
    try process.run()
    process.waitUntilExit()
  }

  /// The manifest of the toy data set in this index.
  func manifest(_ files: [DatasetManifest.File], wheel: Digest? = nil) -> DatasetManifest {
    DatasetManifest(
      name: "toy", title: "a toy", license: .init(name: "CC0-1.0"), citation: "none",
      source: .wheel(
        .init(
          package: "toy", version: "1.0", file: "toy-1.0-py3-none-any.whl",
          sha256: wheel ?? wheelDigest)),
      files: files)
  }
}

extension DatasetManifest.File {
  /// A file whose manifest entry is right for a text.
  static func holding(
    _ text: String, name: String, member: String? = nil, bytes: Int? = nil
  ) -> DatasetManifest.File {
    DatasetManifest.File(
      name: name, member: member, sha256: Digest(of: text), bytes: bytes ?? text.utf8.count,
      rows: 1)
  }
}
