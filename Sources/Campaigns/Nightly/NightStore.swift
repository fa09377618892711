import CompoundLibrary
public import Foundation
import Parallelism
public import Provenance

/// Everything that the nights of a plan leave behind, in one folder.
///
/// `scores/` holds the numbers, `models/` and `libraries/` what they were made with (each under its
/// digest, libraries as links), and `night-0001/` and on the results, each with its record.
public struct NightStore: Sendable {
  /// The folder.
  public let folder: URL

  /// Opens a store; the first night makes it.
  public init(at folder: URL) { self.folder = folder.absoluteURL }

  /// The scores of all nights.
  public func scores() throws -> ScoreStore {
    try ScoreStore(at: folder.appending(path: "scores"))
  }

  /// The folder of a night's results.
  public func night(_ number: Int) -> URL {
    let digits = "\(number)"
    return folder.appending(
      path: "night-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
  }

  /// The numbers of the nights that are whole, in order.
  public var numbers: [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.compactMap { name -> Int? in
      guard name.hasPrefix("night-"), let number = Int(name.dropFirst(6)),
        night(number).lastPathComponent == name
      else { return nil }
      return number
    }.sorted()
  }

  /// Reads the record of a night.
  public func record(_ number: Int) throws -> NightRecord {
    let url = night(number).appending(path: NightRecord.fileName)
    do { return try StableJSON.decode(NightRecord.self, at: url) } catch {
      throw NightError.damaged(
        "\(night(number).lastPathComponent)/\(NightRecord.fileName) cannot be read")
    }
  }

  /// The digest by which the next record names a night's.
  public func digest(ofRecord number: Int) throws -> Digest {
    try Digest(ofFileAt: night(number).appending(path: NightRecord.fileName))
  }

  /// Where the library of a digest is kept.
  public func library(_ digest: Digest) -> URL {
    folder.appending(path: "libraries/\(digest.hex)")
  }

  /// Where the model of a digest is kept.
  public func model(_ digest: Digest) -> URL { folder.appending(path: "models/\(digest.hex)") }

  /// Keeps a library as it is, and opens what was kept.
  func keep(_ library: Library) throws -> Library {
    let kept = self.library(library.digest)
    if !FileManager.default.fileExists(atPath: kept.path) { try library.snapshot(at: kept) }
    return try Library(at: kept)
  }

  /// Keeps a model as it is, and opens what was kept.
  func keep(_ model: URL, using pool: WorkerPool) throws -> ModelFolder {
    let digest = try ModelFolder(at: model, using: pool).digest
    let kept = self.model(digest)
    if !FileManager.default.fileExists(atPath: kept.path) {
      try ModelFolder.copy(model, to: kept, replacing: .never)
    }
    let opened = try ModelFolder(at: kept, using: pool)
    guard opened.digest == digest else {
      throw NightError.damaged("the model \(model.lastPathComponent) was changed while it was kept")
    }
    return opened
  }
}

/// Why a night cannot be.
public enum NightError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Another process works on the same nights.
  case locked(String)
  /// Something kept is not what was written.
  case damaged(String)
  /// The plan asks for something that the model does not have.
  case noTask(screen: String, task: String, known: [String])
  /// There is no such night or compound.
  case missing(String)

  /// One line for a reader.
  public var description: String {
    switch self {
    case .locked(let holder): "another process works on these nights: \(holder)"
    case .damaged(let what): what
    case .noTask(let screen, let task, let known):
      "\(screen): the model has no task \(task); there are \(known.joined(separator: ", "))"
    case .missing(let what): what
    }
  }
}
