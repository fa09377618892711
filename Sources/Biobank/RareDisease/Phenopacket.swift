/// What is read of a packet of GA4GH's Phenopacket Schema, version 2, as JSON.
///
/// Every field may be absent; the names are those of protobuf's JSON.
struct Phenopacket: Decodable {
  struct Term: Decodable {
    var id: String?
    var label: String?
  }

  struct Disease: Decodable {
    var term: Term?
    var excluded: Bool?
  }

  struct Feature: Decodable {
    var type: Term?
    var excluded: Bool?
  }

  struct Subject: Decodable { var id: String? }

  struct MetaData: Decodable {
    struct Reference: Decodable { var id: String? }
    var externalReferences: [Reference]?
    var phenopacketSchemaVersion: String?
  }

  struct Interpretation: Decodable {
    struct Diagnosis: Decodable {
      var disease: Term?
      var genomicInterpretations: [GenomicInterpretation]?
    }
    var diagnosis: Diagnosis?
  }

  struct GenomicInterpretation: Decodable {
    struct VariantInterpretation: Decodable {
      var acmgPathogenicityClassification: String?
      var variationDescriptor: Variation?
    }
    var interpretationStatus: String?
    var variantInterpretation: VariantInterpretation?
  }

  struct Variation: Decodable {
    struct Gene: Decodable { var symbol: String? }
    struct Expression: Decodable {
      var syntax: String?
      var value: String?
    }
    struct Record: Decodable {
      var chrom: String?
      var pos: WholeNumber?
      var ref: String?
      var alt: String?
    }
    var geneContext: Gene?
    var expressions: [Expression]?
    var vcfRecord: Record?
    var allelicState: Term?
  }

  /// A number that protobuf's JSON writes as text where it has 64 bits.
  struct WholeNumber: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(UInt64.self) {
        text = "\(number)"
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  /// Only who it is about: all that is read before it is known whether the person may be read.
  struct Head: Decodable { var subject: Subject? }

  var subject: Subject?
  var phenotypicFeatures: [Feature]?
  var diseases: [Disease]?
  var interpretations: [Interpretation]?
  var metaData: MetaData?
}
