import Testing

@testable import Biobank

@Suite("Classes of changes")
struct VariantClassTests {
  @Test(
    "A name tells what is certain of the protein and no more",
    arguments: [
      ("NM_002834.5:c.922A>G", VariantClass.substitution),
      ("NM_002834.5:c.514_524del", .frameshift),
      ("c.409_413del", .frameshift), ("c.654_656dup", .inFrame), ("c.82dup", .frameshift),
      ("c.643-2A>C", .splice), ("c.870+1G>A", .splice), ("c.870+5G>A", .other),
      ("c.-32-13T>G", .other), ("c.*45G>C", .other), ("c.1A>G", .startLost),
      ("c.506_507insAA", .frameshift), ("c.506_507insAAT", .inFrame),
      ("c.1940_1941delinsT", .frameshift), ("c.1785_1786delGCinsTT", .substitution),
      ("c.458_463delinsAAGAACACAGGGGAGAGCA", .frameshift), ("c.899_908+15del", .splice),
      ("c.5370+3_5370+6del", .other), ("c.664-18556_694+8366del", .splice),
      ("c.1126-395_2971-2751del", .splice), ("c.2473delinsAA", .frameshift),
      ("c.367C > T", .substitution), ("c. 509del", .frameshift), ("n.24A>G", .other),
      ("m.1661A>G", .other), ("c.742_743inv", .substitution), ("c.-22_-16del", .other),
      ("c.4_6del", .inFrame), ("c.1_3del", .startLost),
    ])
  func classes(name: String, expected: VariantClass) {
    #expect(VariantClass(hgvs: name) == expected)
  }

  @Test(
    "What is no name has no class",
    arguments: [
      "", "NM_1:", "c.", "c.A>G", "c.12", "p.Arg3Ter", "c.[1546G>T;1556G>T]",
      "c.99999999999999999999A>G", "c.-9223372036854775807_9223372036854775807del",
      "c.9223372036854775807dup", "c.1+9223372036854775807del",
    ])
  func unreadable(name: String) {
    #expect(VariantClass(hgvs: name) == nil)
  }
}
