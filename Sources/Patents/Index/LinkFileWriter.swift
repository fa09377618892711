import Foundation
import Provenance

/// Writes the sections of a link file one beside another, then all into one file.
///
/// Their lengths are known at the end only, so each grows in a file of its own.
final class LinkSections {
  private let folder: URL
  private var handles: [LinkLayout.Section: FileHandle] = [:]
  private var buffers: [LinkLayout.Section: [UInt8]] = [:]
  private var lengths: [LinkLayout.Section: Int] = [:]

  init(in folder: URL) throws {
    self.folder = folder
    for section in LinkLayout.Section.allCases {
      let url = file(section)
      try Data().write(to: url)
      handles[section] = try FileHandle(forWritingTo: url)
      buffers[section] = []
      lengths[section] = 0
    }
  }

  func length(of section: LinkLayout.Section) -> Int { lengths[section] ?? 0 }

  /// Lets `fill` append bytes to a section.
  func write(_ section: LinkLayout.Section, _ fill: (inout [UInt8]) -> Void) throws {
    let before = buffers[section]?.count ?? 0
    fill(&buffers[section, default: []])
    let after = buffers[section]?.count ?? 0
    lengths[section, default: 0] += after - before
    if after >= 1 << 18 { try flush(section) }
  }

  /// Puts the sections together into one file.
  func assemble(
    to url: URL, compounds: Int, links: Int, documents: Int, families: Int
  ) throws -> Digest {
    var sections: [LinkLayout.Section: LinkLayout.Extent] = [:]
    var offset = LinkLayout.room
    for section in LinkLayout.Section.allCases {
      try flush(section)
      try handles[section]?.close()
      sections[section] = .init(offset: offset, length: length(of: section))
      offset = (offset + length(of: section) + 63) / 64 * 64
    }
    let layout = LinkLayout(
      format: LinkLayout.currentFormat, compounds: compounds, links: links, documents: documents,
      families: families, sections: sections)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let json = try encoder.encode(layout)
    var head = LinkLayout.magic
    head.append(little: UInt64(json.count))
    head += json
    precondition(head.count <= LinkLayout.room, "the header of the links outgrew its room")
    var file = try AtomicFile(at: url)
    try file.write(head + [UInt8](repeating: 0, count: LinkLayout.room - head.count))
    for section in LinkLayout.Section.allCases {
      let part = try FileHandle(forReadingFrom: self.file(section))
      while let piece = try part.read(upToCount: 1 << 20), !piece.isEmpty { try file.write(piece) }
      try part.close()
      try FileManager.default.removeItem(at: self.file(section))
      let gap = (64 - length(of: section) % 64) % 64
      try file.write([UInt8](repeating: 0, count: gap))
    }
    return try file.commit()
  }

  private func file(_ section: LinkLayout.Section) -> URL {
    folder.appending(path: "\(section.rawValue).section")
  }

  private func flush(_ section: LinkLayout.Section) throws {
    guard let buffer = buffers[section], !buffer.isEmpty else { return }
    try handles[section]?.write(contentsOf: Data(buffer))
    buffers[section] = []
  }
}
