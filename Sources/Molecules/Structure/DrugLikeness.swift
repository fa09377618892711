internal import Foundation

/// The quantitative estimate of drug-likeness, Bickerton and colleagues 2012 (doi 10.1038/nchem.1243).
///
/// Each of eight properties is mapped by an asymmetric double sigmoid, fitted to the properties of
/// 771 oral drugs, to a desirability in 0…1; the estimate is their weighted geometric mean.
enum DrugLikeness {
  /// The eight properties, counted in the way of the authors' program.
  struct Properties {
    var molWt, logP, acceptors, donors, tpsa, rotatableBonds, aromaticRings, alerts: Double
  }

  /// The asymmetric double sigmoid of the paper's equation 2, divided by its maximum.
  struct Desirability {
    let a, b, c, d, e, f, maximum: Double

    func callAsFunction(_ value: Double) -> Double {
      let rise = 1 + exp(-(value - c + d / 2) / e)
      let fall = 1 + exp(-(value - c - d / 2) / f)
      return (a + b / rise * (1 - 1 / fall)) / maximum
    }
  }

  // Supplementary table 1 of the paper; the weights are its mean weights ("QEDw,mo").
  private static let terms:
    [(weight: Double, desirability: Desirability, value: @Sendable (Properties) -> Double)] = [
      (
        0.66,
        Desirability(
          a: 2.817065973, b: 392.5754953, c: 290.7489764, d: 2.419764353, e: 49.22325677,
          f: 65.37051707, maximum: 104.9805561), { $0.molWt }
      ),
      (
        0.46,
        Desirability(
          a: 3.172690585, b: 137.8624751, c: 2.534937431, d: 4.581497897, e: 0.822739154,
          f: 0.576295591, maximum: 131.3186604), { $0.logP }
      ),
      (
        0.05,
        Desirability(
          a: 2.948620388, b: 160.4605972, c: 3.615294657, d: 4.435986202, e: 0.290141953,
          f: 1.300669958, maximum: 148.7763046), { $0.acceptors }
      ),
      (
        0.61,
        Desirability(
          a: 1.618662227, b: 1010.051101, c: 0.985094388, d: 0.000000001, e: 0.713820843,
          f: 0.920922555, maximum: 258.1632616), { $0.donors }
      ),
      (
        0.06,
        Desirability(
          a: 1.876861559, b: 125.2232657, c: 62.90773554, d: 87.83366614, e: 12.01999824,
          f: 28.51324732, maximum: 104.5686167), { $0.tpsa }
      ),
      (
        0.65,
        Desirability(
          a: 0.010000000, b: 272.4121427, c: 2.558379970, d: 1.565547684, e: 1.271567166,
          f: 2.758063707, maximum: 105.4420403), { $0.rotatableBonds }
      ),
      (
        0.48,
        Desirability(
          a: 3.217788970, b: 957.7374108, c: 2.274627939, d: 0.000000001, e: 1.317690384,
          f: 0.375760881, maximum: 312.3372610), { $0.aromaticRings }
      ),
      (
        0.95,
        Desirability(
          a: 0.010000000, b: 1199.094025, c: -0.09002883, d: 0.000000001, e: 0.185904477,
          f: 0.875193782, maximum: 417.7253140), { $0.alerts }
      ),
    ]

  /// The estimate, 0…1.
  static func estimate(of properties: Properties) -> Double {
    var logarithms = 0.0
    var weights = 0.0
    for term in terms {
      logarithms += term.weight * log(term.desirability(term.value(properties)))
      weights += term.weight
    }
    return exp(logarithms / weights)
  }
}

extension Structure {
  /// The quantitative estimate of drug-likeness (QED) with mean weights: 0 unlike … 1 like a drug.
  public func qed() throws(MoleculeError) -> Double {
    DrugLikeness.estimate(of: try handle.drugLikenessProperties())
  }
}
