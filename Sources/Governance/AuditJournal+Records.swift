import Foundation

extension AuditJournal {
  /// All records, once every one of them is found sound; an altered journal tells nothing.
  public func records() throws(GovernanceError) -> [Record] {
    let records = try read().records
    if case .broken(let record, let reason) = Self.verify(records) {
      throw .journal("record \(record) of \(url.lastPathComponent) is broken: \(reason)")
    }
    return records
  }
}
