import Evaluation
import Featurization
import Fingerprints
import Molecules
import Parallelism

/// What is hidden in one fold, and how it is ranked.
struct ColdFold {
  let plan: ColdValidation.Plan
  let table: AffinityTable
  let spectra: [ProteinSpectrum]
  let families: ProteinFamilies
  let isHidden: (protein: [Bool], compound: [Bool])
  let trivial: TrivialAnswers

  /// The hidden proteins, each with what is said of it beside what was measured, and the pairs of which
  /// neither was learned from.
  func answers(
    of model: AffinityModel, _ fingerprints: [Fingerprint], using pool: WorkerPool
  ) throws -> (proteins: [ColdProtein], pairs: [HiddenPair]) {
    let rows = table.entries.indices.filter { isHidden.protein[table.entries[$0].protein] }
    let said = try model.predictions(of: table.selecting(rows), using: pool)
    let standIns = standIns(fingerprints, using: pool)
    let open = table.proteins.indices.filter { !isHidden.protein[$0] }
    let groups = Dictionary(grouping: rows.indices) { table.entries[rows[$0]].protein }
    let order = groups.keys.sorted()
    let proteins = pool.map(order.count) { place in
      let protein = order[place]
      let cosines = table.proteins.indices.map { other in
        isHidden.protein[other] ? -1 : spectra[protein].similarity(to: spectra[other])
      }
      let nearest = open.max { (cosines[$0], $1) < (cosines[$1], $0) } ?? 0
      var pairs: [ColdProtein.Compounds: [Pair]] = [:]
      for row in groups[protein] ?? [] {
        let entry = table.entries[rows[row]]
        let kind: ColdProtein.Compounds = isHidden.compound[entry.compound] ? .new : .known
        guard let known = kind == .known ? entry.compound : standIns[entry.compound]?.row,
          trivial.knows(known)
        else { continue }
        pairs[kind, default: []].append(
          Pair(measured: entry.value, said: said[row], known: known))
      }
      return ColdProtein(
        protein: protein, family: families.family[protein], nearest: nearest,
        cosine: Double(cosines[nearest]), known: ranking(pairs[.known] ?? [], cosines),
        new: ranking(pairs[.new] ?? [], cosines))
    }
    let pairs = zip(rows, said).compactMap { row, said -> HiddenPair? in
      let entry = table.entries[row]
      guard isHidden.compound[entry.compound], let nearest = standIns[entry.compound] else {
        return nil
      }
      return HiddenPair(
        protein: entry.protein, compound: entry.compound, measured: entry.value, said: said,
        nearest: nearest.row, similarity: nearest.similarity,
        nearestMean: trivial.value(.compoundMean, compound: nearest.row, cosines: []))
    }
    return (proteins, pairs)
  }

  private struct Pair {
    let measured: Double, said: Double
    /// The compound itself, or the known one most like it.
    let known: Int
  }

  /// For each hidden compound the known one most like it, by ECFP4.
  private func standIns(
    _ fingerprints: [Fingerprint], using pool: WorkerPool
  ) -> [Int: Neighbour] {
    let known = trivial.compounds
    let hidden = isHidden.compound.indices.filter { isHidden.compound[$0] }
    let arena = FingerprintArena(
      bitCount: FingerprintAlgorithm.ecfp4.bitCount, known.map { fingerprints[$0] })
    let nearest = arena.nearest(
      toEach: hidden.map { fingerprints[$0] }, count: 1, using: pool)
    var found: [Int: Neighbour] = [:]
    for (compound, neighbours) in zip(hidden, nearest) {
      // For one that shares no bit with any, the first is as good as another.
      let best = neighbours.first ?? Neighbour(row: 0, similarity: 0)
      found[compound] = Neighbour(row: known[best.row], similarity: best.similarity)
    }
    return found
  }

  private func ranking(_ pairs: [Pair], _ cosines: [Float]) -> ColdProtein.Ranking? {
    guard pairs.count >= plan.fewestCompounds else { return nil }
    let measured = pairs.map(\.measured), said = pairs.map(\.said)
    guard let towers = ConcordanceIndex.value(predicted: said, measured: measured) else {
      return nil
    }
    var others: [ColdProtein.TrivialAnswer: Double] = [:]
    for answer in ColdProtein.TrivialAnswer.allCases {
      let values = pairs.map { trivial.value(answer, compound: $0.known, cosines: cosines) }
      others[answer] = ConcordanceIndex.value(predicted: values, measured: measured)
    }
    return ColdProtein.Ranking(
      compounds: pairs.count, towers: towers,
      spearman: RegressionMetric.spearman.value(predicted: said, measured: measured),
      trivial: others)
  }
}
