import Molecules
import Testing

@testable import Reporting

struct StructureDrawingTests {
  private static func svg(_ content: String) -> String {
    """
    <?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='240px' height='180px' \
    viewBox='0 0 240 180'><!-- > --><rect style='fill:#FFFFFF' width='1' height='1' x='0' y='0'> \
    </rect>\(content)</svg>
    """
  }

  private static func line(_ path: String, _ colour: String = "#000000") -> String {
    "<path class='bond-0 atom-0' d='\(path)' style='fill:none;stroke:\(colour);stroke-width:2.0px'/>"
  }

  @Test func `lines that go on from each other become one path`() throws {
    let text = Self.svg(
      Self.line("M 1.0,2.0 L 3.0,4.0") + Self.line("M 3.0,4.0 L 5.0,6.0")
        + Self.line("M 9.0,9.0 L 8.0,8.0"))
    let html = try #require(StructureDrawing(svg: text)).markup(contributions: [], scale: 1).html
    #expect(html.contains("d=\"M1.0 2.0L3.0 4.0L5.0 6.0M9.0 9.0L8.0 8.0\""))
    #expect(html.components(of: "<path") == 1)
  }

  @Test func `colours of elements become classes, others stay`() throws {
    let text = Self.svg(
      Self.line("M 1,2 L 3,4", "#FF0000") + Self.line("M 1,2 L 3,4", "#123456"))
    let html = try #require(StructureDrawing(svg: text)).markup(contributions: [], scale: 1).html
    #expect(html.contains("class=\"sO\""))
    #expect(html.contains("stroke=\"#123456\""))
    #expect(!html.contains("style="))
  }

  @Test func `atoms are coloured by the sign and size of their contribution`() throws {
    func disc(_ atom: Int) -> String {
      "<ellipse cx='\(atom)' cy='9' rx='5' ry='5' class='atom-\(atom)' style='fill:#FF7F7F'/>"
    }
    let band = Self.line("M 0,0 L 9,9", "#FF7F7F")
    let text = Self.svg(band + (0..<4).map(disc).joined() + Self.line("M 1,2 L 3,4"))
    let html = try #require(StructureDrawing(svg: text))
      .markup(contributions: [1, -0.5, 0.01], scale: 1).html
    #expect(html.contains("class=\"up3\" cx=\"0.0\""))
    #expect(html.contains("class=\"down2\" cx=\"1.0\""))
    // Neither the atom that adds nothing, nor the one without a number, nor the band of a bond.
    #expect(html.components(of: "<circle") == 2)
    #expect(!html.contains("FF7F7F"))
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "<text x='1' y='2'>N</text>", "<image href='http://x'/>",
    "<path d='M 1,2 L 3,4\" onload=\"x' style='stroke:#000000'/>",
    "<path d='M 1,2 L 3,4' style='stroke:url(http://x)'/>",
    "<path d='M 1,2 L 3,4' style='stroke:#000000;stroke-width:2\"px'/>",
    "<path d='M 1,2 L 3,4' style='stroke:#000000;stroke-dasharray:\"1'/>",
    "<ellipse cx='1\"' cy='9' style='fill:#FF7F7F'/>", "",
  ])
  func `a drawing that holds anything but shapes is not shown`(_ content: String) {
    #expect(StructureDrawing(svg: Self.svg(content)) == nil)
  }

  @Test(arguments: [
    "", "<", "<svg", "<!--", "<svg viewBox='0 0 1 1'>", "</svg>", "<svg viewBox='0 0 nan inf'>",
  ])
  func `a broken text is not shown`(_ text: String) {
    #expect(StructureDrawing(svg: text) == nil)
  }

  @Test(arguments: [
    "COc1ncc(C)cc1NC(=O)NCc1nncn1C1CC1", "C[N+](C)(C)CC(=O)[O-]", "[Na+].[Cl-]", "C",
    "[2H]C([2H])Cl",
    "F/C=C/F", "C[C@H](N)C(=O)O", "O=S(=O)(c1ccccc1)N1CCC(Br)CC1", "CP(=O)(O)OI", "C[Si](C)(C)C",
    "[Fe]", "CC#N.O",
  ])
  func `every structure of RDKit is shown, and much smaller`(_ smiles: String) throws {
    let structure = try Structure(parsing: smiles)
    let count = structure.heavyAtomCount
    let text = try structure.drawing(width: 240, height: 172, highlighting: Array(0..<count))
    let drawing = try #require(StructureDrawing(svg: text))
    #expect(Set(drawing.discs.compactMap(\.atom)) == Set(0..<count))
    let html = drawing.markup(contributions: Array(repeating: 1, count: count), scale: 1).html
    #expect(html.components(of: "class=\"up3\"") == count)
    #expect(html.utf8.count < text.utf8.count)
  }
}

extension String {
  /// How often a text occurs.
  func components(of text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
