internal import CXGBoost
import Foundation

// Every call into XGBoost stands in this file. Handles are owned by one value each and freed once;
// pointers handed over come from arrays that outlive the call, pointers handed back are copied
// before the next call, as the library's header asks.

/// XGBoost's own matrix.
@safe
struct LibraryMatrix: ~Copyable {
  fileprivate let handle: DMatrixHandle

  init(_ matrix: FeatureMatrix) throws(BoostingError) {
    var made: DMatrixHandle?
    let offsets = matrix.offsets
    try unsafe checked(
      XGDMatrixCreateFromCSREx(
        offsets, matrix.indices, matrix.values, offsets.count, matrix.indices.count,
        matrix.columns, &made))
    guard let made = unsafe made else { throw .library("it gave no matrix") }
    unsafe handle = made
  }

  /// Sets a column of numbers such as `label`, one for each row.
  func set(_ values: [Float], as name: String) throws(BoostingError) {
    try unsafe checked(XGDMatrixSetFloatInfo(handle, name, values, bst_ulong(values.count)))
  }

  deinit { unsafe XGDMatrixFree(handle) }
}

/// XGBoost's own model, while it grows.
@safe
struct LibraryBooster: ~Copyable {
  private let handle: BoosterHandle

  init(for matrix: borrowing LibraryMatrix) throws(BoostingError) {
    var made: BoosterHandle?
    var matrices: [DMatrixHandle?] = unsafe [matrix.handle]
    try unsafe checked(XGBoosterCreate(&matrices, 1, &made))
    guard let made = unsafe made else { throw .library("it gave no model") }
    unsafe handle = made
  }

  /// Sets a parameter under the library's name.
  func set(_ value: String, as name: String) throws(BoostingError) {
    try unsafe checked(XGBoosterSetParam(handle, name, value))
  }

  /// Adds the trees of one round.
  func grow(round: Int, on matrix: borrowing LibraryMatrix) throws(BoostingError) {
    try unsafe checked(XGBoosterUpdateOneIter(handle, Int32(round), matrix.handle))
  }

  /// What the library itself predicts, before the objective's last step: the measure of our own way
  /// down the trees.
  func margins(of matrix: borrowing LibraryMatrix) throws(BoostingError) -> [Float] {
    var count: bst_ulong = 0
    var numbers: UnsafePointer<Float>?
    try unsafe checked(XGBoosterPredict(handle, matrix.handle, 1, 0, 0, &count, &numbers))
    return unsafe Array(UnsafeBufferPointer(start: numbers, count: Int(count)))
  }

  /// The model as JSON, which the library's other faces read too.
  func json() throws(BoostingError) -> Data {
    var count: bst_ulong = 0
    var bytes: UnsafePointer<CChar>?
    try unsafe checked(
      XGBoosterSaveModelToBuffer(handle, #"{"format": "json"}"#, &count, &bytes))
    guard let bytes = unsafe bytes else { throw .library("it gave no bytes") }
    return unsafe Data(bytes: bytes, count: Int(count))
  }

  deinit { unsafe XGBoosterFree(handle) }
}

/// The library's version, such as `1.7.4`.
public let xgboostVersion: String = {
  var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
  unsafe XGBoostVersion(&major, &minor, &patch)
  return "\(major).\(minor).\(patch)"
}()

private func checked(_ status: Int32) throws(BoostingError) {
  guard status != 0 else { return }
  let text = unsafe XGBGetLastError().map { unsafe String(cString: $0) } ?? "no reason given"
  // The first line is the reason; a stack trace follows.
  let line = text.split(separator: "\n").first.map(String.init) ?? text
  throw .library(line)
}
