public import Foundation
import Provenance
public import Tensors

/// A model's files in memory: names, which may hold slashes, and bytes.
public struct ModelFiles: Hashable, Sendable {
  /// The bytes by name.
  public private(set) var bytes: [String: Data] = [:]

  /// No files.
  public init() {}

  /// Wraps files that were read.
  init(_ bytes: [String: Data]) { self.bytes = bytes }

  /// Adds a file.
  public mutating func add(_ data: Data, as name: String) { bytes[name] = data }

  /// Adds a value as JSON.
  public mutating func add(json value: some Encodable, as name: String) throws {
    bytes[name] = try StableJSON.encode(value)
  }

  /// Adds tensors as a safetensors file.
  public mutating func add(_ tensors: [String: Tensor], as name: String) {
    bytes[name] = Data(Safetensors(tensors: tensors).encoded())
  }

  /// Adds another model's files in a folder of their own.
  public mutating func add(_ files: ModelFiles, under folder: String) {
    for (name, data) in files.bytes { bytes["\(folder)/\(name)"] = data }
  }

  /// The files of a folder, by their names in it.
  public func part(_ folder: String) -> ModelFiles {
    var files = ModelFiles()
    for (name, data) in bytes where name.hasPrefix(folder + "/") {
      files.bytes[String(name.dropFirst(folder.count + 1))] = data
    }
    return files
  }

  /// A file's bytes.
  public func data(_ name: String) throws(ModelError) -> Data {
    guard let data = bytes[name] else { throw .damaged(file: name, reason: "it is missing") }
    return data
  }

  /// A value that was added as JSON.
  public func json<Value: Decodable>(
    _ name: String, as type: Value.Type
  ) throws(ModelError) -> Value {
    let data = try data(name)
    do { return try StableJSON.decode(type, from: data) } catch {
      throw .damaged(file: name, reason: "it is not the JSON that was written")
    }
  }

  /// Tensors that were added.
  public func tensors(_ name: String) throws(ModelError) -> Safetensors {
    let data = try data(name)
    do { return try Safetensors(decoding: [UInt8](data)) } catch {
      throw .damaged(file: name, reason: "\(error)")
    }
  }
}
