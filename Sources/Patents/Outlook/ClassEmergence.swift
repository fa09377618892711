/// Which classes grew in the latest years, or stand out against another corpus.
public struct ClassEmergence: Sendable {
  /// The years of the two windows; nil where two corpora were compared.
  public let late: ClosedRange<Int>?, early: ClosedRange<Int>?
  /// Documents that took no part: without a year or of other years, or of both corpora.
  public let leftOut: Int
  /// The findings.
  public let comparison: ClassComparison

  /// The latest years against the ones before.
  ///
  /// - Parameters:
  ///   - window: years on each side.
  ///   - last: the last year of the late window; nil for the corpus' last. The youngest 18 months of a
  ///     corpus are not published yet: shares hardly suffer, but name an earlier year where they do.
  public init(
    of corpus: ClassCorpus, window: Int, last: Int? = nil, countsPairs: Bool = true
  ) throws {
    precondition(window >= 1, "a window of \(window) years")
    let years = corpus.documents.compactMap(\.year)
    guard let first = years.min(), let end = last ?? years.max() else {
      throw OutlookError(
        "no document has a year, so no class can be seen to emerge; a second corpus to compare with "
          + "shows which classes it is rich in")
    }
    let (late, early) = (end - window + 1...end, end - 2 * window + 1...end - window)
    guard first <= early.upperBound else {
      throw OutlookError("the corpus begins in \(first): no year before \(late.lowerBound)")
    }
    let side = corpus.documents.map { document -> Bool? in
      guard let year = document.year else { return nil }
      return late.contains(year) ? true : early.contains(year) ? false : nil
    }
    self.late = late
    self.early = early
    leftOut = side.filter { $0 == nil }.count
    comparison = ClassComparison(corpus, countsPairs: countsPairs, side: side)
  }

  /// A corpus against another: enrichment, which says nothing about time.
  ///
  /// Documents of both corpora take no part.
  public init(of corpus: ClassCorpus, against other: ClassCorpus, countsPairs: Bool = true) {
    let (own, foreign) = (
      Set(corpus.documents.map(\.id)), Set(other.documents.map(\.id))
    )
    var documents: [(id: String, year: Int?, classes: Set<String>)] = []
    var sides: [String: Bool] = [:]
    for (part, isOwn) in [(corpus, true), (other, false)] {
      let excluded = isOwn ? foreign : own
      for document in part.documents where !excluded.contains(document.id) {
        documents.append(
          (document.id, document.year, Set(document.classes.map { part.classes[$0] })))
        sides[document.id] = isOwn
      }
    }
    let joined = ClassCorpus(documents)
    late = nil
    early = nil
    leftOut = own.intersection(foreign).count
    comparison = ClassComparison(
      joined, countsPairs: countsPairs, side: joined.documents.map { sides[$0.id] })
  }
}
