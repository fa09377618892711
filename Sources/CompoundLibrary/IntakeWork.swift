import Entities
import Foundation
import Molecules
import Provenance

/// The state of an intake: the segment being filled, and what is already safe on disk.
///
/// Segments pile up beside those of the library and count only when the last record is in, all at
/// one instant. Each finished one is noted with the place in the inputs it ends at, so a killed
/// intake goes on there.
struct IntakeWork {
  private let folder: LibraryFolder
  private var manifest: LibraryManifest
  /// The work as far as it is done, what is only in memory included.
  private(set) var intake: Intake
  private var builder: SegmentBuilder
  private let log: RefusalLog

  /// Begins an intake, or takes up the same one where it was killed.
  init(_ fresh: Intake, into manifest: LibraryManifest, in folder: LibraryFolder) throws {
    self.folder = folder
    intake = fresh
    if let found = manifest.intake, found.isSameWork(as: fresh),
      RefusalLog.length(in: folder.url) >= found.refusalBytes,
      found.segments.allSatisfy({ Self.isWhole($0, manifest, in: folder) })
    {
      intake = found
    }
    self.manifest = manifest
    self.manifest.intake = intake
    builder = SegmentBuilder(manifest.options)
    // The manifest comes first: killed between these steps, the folder still tells what it is, and
    // never names files that are gone.
    try self.manifest.write(in: folder.url)
    try folder.after(.manifestWritten)
    try folder.removeStrays(self.manifest)
    log = try RefusalLog(in: folder.url, safeLength: intake.refusalBytes)
  }

  private static func isWhole(
    _ entry: LibraryManifest.SegmentEntry, _ manifest: LibraryManifest, in folder: LibraryFolder
  ) -> Bool {
    let url = folder.file(entry.file)
    return (try? Segment(at: url, manifest, rows: entry.rows)) != nil
      && (try? Digest(ofFileAt: url)) == entry.digest
  }

  /// Stores or refuses one record; a full segment goes to disk.
  mutating func take(_ preparation: Preparation) throws {
    intake.counts.read += 1
    intake.records += 1
    switch preparation {
    case .refused(let record):
      try refuse(record, from: intake.source.inputs[intake.input].name)
    case .prepared(let compound):
      builder.append(compound, from: manifest.inputs.count + intake.input)
      if builder.isFull(manifest.options.segmentRows) { try seal() }
    }
  }

  /// Notes that the next record comes from the next input.
  mutating func finishInput() throws {
    intake.input += 1
    intake.records = 0
    try save()
  }

  private mutating func refuse(_ record: RefusedRecord, from input: String) throws {
    intake.counts.count(record.reason)
    try log.append(LoggedRefusal(input: input, record: record))
  }

  private mutating func seal() throws {
    let number = manifest.nextSegment + intake.segments.count
    let entry = try folder.write(builder, number: number)
    intake.segments.append(entry)
    builder = SegmentBuilder(manifest.options)
    try save()
  }

  /// Notes how far the work is safe.
  ///
  /// Rows still in memory are not: so only whole segments count.
  private mutating func save() throws {
    guard builder.rows == 0 else { return }
    try log.synchronize()
    intake.refusalBytes = log.length
    manifest.intake = intake
    try manifest.write(in: folder.url)
    try folder.after(.manifestWritten)
  }

  /// Writes the last segment, refuses what repeats, and lets the rest count.
  mutating func finish() throws -> (manifest: LibraryManifest, change: LibraryChange) {
    if builder.rows > 0 { try seal() }
    var list = try folder.open(manifest.segments, of: manifest)
    let known = list.rows
    var deleted = try folder.deleted(manifest)
    for segment in try folder.open(intake.segments, of: manifest).segments { list.append(segment) }
    deleted.grow(to: list.rows)
    let admission = Admission(
      RepeatSearch(list: list, known: known, deleted: deleted),
      rule: intake.verb == .upsert ? .upsert : .add,
      uniqueStructures: !manifest.options.keepsDuplicateStructures)
    let inputs = manifest.inputs + intake.source.inputs
    for refused in admission.refused {
      deleted.insert(refused.row)
      let (input, record) = refusal(refused, list, inputs)
      try refuse(record, from: input)
    }
    for row in admission.replaced + admission.unchanged { deleted.insert(row) }
    intake.counts.replaced = admission.replaced.count
    // The table of refusals stays even if nothing else does, so that the reasons can be read.
    manifest.refusedRows = try log.publish(in: folder.url, keeping: manifest.refusedRows)
    try log.close()
    try folder.after(.refusalsWritten)
    let added = list.rows - known - deleted.count(in: known..<list.rows)
    if intake.verb == .build, added == 0 { throw LibraryError.noCompounds }
    admit(list, known: known, &deleted)
    manifest.counts.add(intake.counts)
    if intake.verb != .build { manifest.edits += added > 0 ? 1 : 0 }
    manifest.intake = nil
    try folder.commit(&manifest, deleted: deleted)
    var change = LibraryChange(intake.counts, added: added, kept: manifest.counts.kept)
    change.unchanged = admission.unchanged.count
    return (manifest, change)
  }

  /// Makes the new segments part of the library, but for those of which nothing is left.
  private mutating func admit(_ list: SegmentList, known: Int, _ deleted: inout RowSet) {
    var kept = RowSet()
    kept.append(deleted, 0..<known)
    var start = known
    for entry in intake.segments {
      let rows = start..<start + entry.rows
      start = rows.upperBound
      if deleted.count(in: rows) == entry.rows { continue }
      manifest.segments.append(entry)
      kept.append(deleted, rows)
    }
    deleted = kept
    manifest.nextSegment += intake.segments.count
    manifest.inputs += intake.source.inputs
  }

  private func refusal(
    _ refused: Admission.Refused, _ list: SegmentList, _ inputs: [LibraryInput]
  ) -> (input: String, record: RefusedRecord) {
    func input(_ origin: RecordOrigin) -> String {
      inputs.indices.contains(origin.input) ? inputs[origin.input].name : ""
    }
    let origin = list.origin(refused.row)
    let first = list.origin(refused.first)
    let reason: Refusal =
      switch refused.kind {
      case .identifier:
        .duplicateIdentifier(
          firstLine: first.line, input: first.input == origin.input ? nil : input(first))
      case .structure: .duplicateStructure(firstID: list.text(.identifier, refused.first))
      }
    let id = list.text(.identifier, refused.row)
    return (input(origin), RefusedRecord(line: origin.line, id: id, reason: reason))
  }
}
