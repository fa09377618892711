/// Whether records come chromosome by chromosome, and in each by position.
struct VariantOrder {
  private var chromosome = ""
  private var position = 0
  private var finished: Set<String> = []

  /// Takes the next place; false where it should have come before.
  mutating func accepts(_ chromosome: String, _ position: Int) -> Bool {
    if chromosome == self.chromosome {
      guard position >= self.position else { return false }
    } else {
      finished.insert(self.chromosome)
      guard !finished.contains(chromosome) else { return false }
      self.chromosome = chromosome
    }
    self.position = position
    return true
  }
}
