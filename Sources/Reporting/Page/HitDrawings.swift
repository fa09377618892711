import Screening

/// The structures of the hits, ready to be placed.
struct HitDrawings {
  private let drawings: [String: StructureDrawing]
  /// The contribution that takes the strongest colour.
  private let scale: Double
  /// Whether any structure is coloured by contributions.
  let areColoured: Bool

  init(_ report: ScreenReport) {
    drawings = report.drawings.compactMapValues(StructureDrawing.init(svg:))
    // One scale for the page, so that colours compare between compounds; the 95th percentile, so
    // that one odd atom does not bleach all others.
    let parts = report.hits.flatMap(\.atomContributions).map(\.magnitude).filter(\.isFinite)
      .sorted()
    let strongest = parts.isEmpty ? 0 : parts[(parts.count - 1) * 95 / 100]
    scale = strongest > 0 ? strongest : 1
    areColoured = strongest > 0
  }

  /// The structure of a hit, or its SMILES where there is no drawing.
  func markup(_ hit: Hit) -> Markup {
    guard let drawing = drawings[hit.id] else {
      return "<code class=\"nodrawing\">\(hit.smiles)</code>"
    }
    return drawing.markup(contributions: hit.atomContributions, scale: scale)
  }
}
