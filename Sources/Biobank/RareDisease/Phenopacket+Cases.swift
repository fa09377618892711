extension Phenopacket {
  /// The first publication that is cited.
  var publication: String {
    metaData?.externalReferences?.compactMap(\.id).first { $0.hasPrefix("PMID:") } ?? ""
  }

  /// A case for each disease that was diagnosed or, without a diagnosis, for the first that the
  /// person has; and why parts of the packet were not taken.
  func cases(of person: String) -> (cases: [RareCase], refused: [String]) {
    let signs = Set(
      (phenotypicFeatures ?? []).filter { $0.excluded != true }.compactMap(\.type?.id)
        .filter { !$0.isEmpty })
    let named = (diseases ?? []).first { $0.excluded != true && $0.term?.id?.isEmpty == false }?
      .term
    var found: [RareCase] = []
    var refused: [String] = []
    func place(of disease: Term?) -> Int? {
      guard let disease, let id = disease.id, !id.isEmpty else { return nil }
      if let place = found.firstIndex(where: { $0.disease == id }) { return place }
      found.append(
        RareCase(
          id: person, disease: id, diseaseName: disease.label ?? id, publication: publication,
          signs: signs))
      return found.count - 1
    }
    for diagnosis in (interpretations ?? []).compactMap(\.diagnosis) {
      let isNamed = diagnosis.disease?.id?.isEmpty == false
      guard let place = place(of: isNamed ? diagnosis.disease : named) else {
        refused.append("a diagnosis of no disease")
        continue
      }
      for interpretation in diagnosis.genomicInterpretations ?? [] {
        do throws(Reason) { found[place].changes.append(try interpretation.change()) } catch {
          refused.append(error.rawValue)
        }
      }
    }
    if found.isEmpty, place(of: named) == nil { refused.append("no disease") }
    return (found, refused)
  }

  /// Why a change was not taken.
  enum Reason: String, Error {
    case notCausal = "not held to be causal"
    case noGene = "a change in no named gene"
    case noName = "a change without a name or a place"
  }
}

extension Phenopacket.GenomicInterpretation {
  /// Whether it is held to have caused the disease; what was rejected is not, whatever its class.
  private var isCausal: Bool {
    if interpretationStatus == "CAUSATIVE" { return true }
    guard interpretationStatus != "REJECTED" else { return false }
    let named = variantInterpretation?.acmgPathogenicityClassification
    return named == "PATHOGENIC" || named == "LIKELY_PATHOGENIC"
  }

  /// The change in its gene.
  func change() throws(Phenopacket.Reason) -> RareCase.Change {
    let variation = variantInterpretation?.variationDescriptor
    guard let gene = variation?.geneContext?.symbol, !gene.isEmpty else { throw .noGene }
    guard isCausal else { throw .notCausal }
    let name =
      variation?.expressions?.first { $0.syntax == "hgvs.c" && $0.value?.isEmpty == false }?.value
    let place = variation?.vcfRecord.map {
      [$0.chrom, $0.pos?.text, $0.ref, $0.alt].map { $0 ?? "" }.joined(separator: "-")
    }
    guard let told = name ?? place, told != "---" else { throw .noName }
    return RareCase.Change(
      gene: gene, name: told, variantClass: VariantClass(hgvs: name ?? ""),
      isHomozygous: variation?.allelicState?.id == Self.homozygous)
  }

  // In the Genotype Ontology.
  private static let homozygous = "GENO:0000136"
}
