/// The quality of a cohort as tables and sentences.
///
/// The tables of people hold numbers of single people: they are the analyst's working files. The
/// summary names nobody.
public struct QualityTables: Sendable {
  let files: PlinkFiles
  let quality: CohortQuality

  /// Tells the quality of these files.
  public init(_ quality: CohortQuality, of files: PlinkFiles) {
    self.quality = quality
    self.files = files
  }

  /// A table: its columns and its rows.
  public typealias Table = (header: [String], rows: [[String]])

  /// Every variant: counts, rates and what stands against it.
  public var variants: Table {
    (
      [
        "chromosome", "id", "position", "counted", "other", "people", "called", "call_rate",
        "alleles", "observed", "frequency", "hwe_p", "kept", "objections",
      ],
      quality.variants.map { found in
        let variant = files.variants[found.variant]
        let objections = found.objections(quality.thresholds)
        return [
          variant.chromosome, variant.id, "\(variant.position)", variant.counted, variant.other,
          "\(found.people)", "\(found.called)", "\(found.callRate)", "\(found.alleles)",
          "\(found.observed)", Self.text(found.frequency), Self.text(found.hardyWeinberg),
          objections.isEmpty ? "1" : "0", objections.map(\.rawValue).joined(separator: ";"),
        ]
      }
    )
  }

  /// Every person who was read: rates, coefficients and what stands against them.
  public var people: Table {
    (
      [
        "FID", "IID", "sex_told", "genotypes", "called", "call_rate", "autosomal", "homozygous",
        "homozygous_expected", "f", "x_f", "sex", "kept", "objections",
      ],
      zip(quality.rows, quality.people).map { row, found in
        let person = files.people[row]
        return [
          person.family, person.id, "\(person.sex)", "\(found.offered)", "\(found.called)",
          "\(found.callRate)", "\(found.autosomes.known)", "\(found.autosomes.observed)",
          "\(found.autosomes.expected)", Self.text(found.autosomes.coefficient),
          Self.text(found.x.coefficient),
          found.sex(told: person.sex, quality.thresholds).rawValue, found.isKept ? "1" : "0",
          found.objections.map(\.rawValue).joined(separator: ";"),
        ]
      }
    )
  }

  /// Pairs of relatives.
  public var kinship: Table {
    (
      [
        "FID1", "IID1", "FID2", "IID2", "variants", "both_heterozygous", "opposite", "kinship",
        "relationship",
      ],
      quality.relatives.map { pair in
        let (one, other) = (files.people[pair.first], files.people[pair.second])
        return [
          one.family, one.id, other.family, other.id, "\(pair.counts.known)",
          "\(pair.counts.bothHeterozygous)", "\(pair.counts.opposite)", "\(pair.kinship)",
          Relationship(kinship: pair.kinship)?.rawValue ?? "",
        ]
      }
    )
  }

  /// The components of the people who are kept, in the order of the file, as a table of covariates.
  public var components: Table {
    guard let found = quality.components else { return (["FID", "IID"], []) }
    let order = found.rows.indices.sorted { found.rows[$0] < found.rows[$1] }
    return (
      ["FID", "IID"] + found.values.indices.map { "PC\($0 + 1)" },
      order.map { place in
        let person = files.people[found.rows[place]]
        return [person.family, person.id] + found.vectors.map { "\($0[place])" }
      }
    )
  }

  /// The people who are kept, `FID IID` a line, as PLINK's `--keep` reads them.
  public var keep: String {
    quality.kept.map { "\(files.people[$0].family)\t\(files.people[$0].id)\n" }.joined()
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "NA" }
}
