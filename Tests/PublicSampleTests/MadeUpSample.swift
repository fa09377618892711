import Entities
import Foundation
import Records
import Statistics
import TestSupport

@testable import PublicSample

/// A population that does not exist, and tables drawn from it.
enum MadeUpSample {
  static func disease(
    _ id: String = "MONDO:0005148", codes: String = "E11", drugs: String? = "A10",
    control: String? = nil
  ) throws -> DiseaseDefinition {
    try DiseaseDefinition(
      EvidenceDisease(id: id, name: "disease \(id)"), codes: CodeSet(codes),
      drugs: drugs.map { try CodeSet($0) }, control: control.map { try .init($0) })
  }

  /// The five tables of an NHIS-NSC that was never seen: people, claims, diagnoses, drugs, check-ups.
  static func cohort(people: Int, seed: UInt64, in scratch: ScratchFolder) throws -> [LayoutFile] {
    var random = Xoshiro256(seed: seed)
    var jk = "STND_Y,PERSON_ID,SEX,AGE_GROUP,SIDO,CTRB_PT_TYPE_CD\n"
    var t20 = "PERSON_ID,KEY_SEQ,RECU_FR_DT,MAIN_SICK,SUB_SICK\n"
    var t40 = "KEY_SEQ,SEQ_NO,SICK_SYM\n"
    var t60 = "KEY_SEQ,SEQ_NO,DIV_CD,GNL_NM_CD\n"
    var gj = "HCHK_YEAR,PERSON_ID,BMI,BP_HIGH,BLDS\n"
    for person in 0..<people {
      let group = 1 + random.draw(below: 18)
      jk += "2013,P\(person),\(1 + person % 2),\(group),11,5\n"
      let isIll = random.drawUnit() < 0.04 * Double(group) / 4
      let isTreated = random.drawUnit() < 0.7
      t20 += "P\(person),K\(person),20130105,\(isIll && person % 3 == 0 ? "E119" : "J00"),\n"
      if isIll { t40 += "K\(person),1,E11.9\n" }
      if isIll && isTreated { t60 += "K\(person),1,64200,249001ATB\n" }
      if random.drawUnit() < 0.9 {
        gj += "2013,P\(person),24.1,120,\(isIll ? 90 + random.draw(below: 80) : 92)\n"
      }
    }
    return [
      LayoutFile(.nscT60, path: try scratch.write(t60, to: "t60.csv")),
      LayoutFile(.nscGJ, path: try scratch.write(gj, to: "gj.csv")),
      LayoutFile(.nscT40, path: try scratch.write(t40, to: "t40.csv")),
      LayoutFile(.nscT20, path: try scratch.write(t20, to: "t20.csv")),
      LayoutFile(.nscJK, path: try scratch.write(jk, to: "jk.csv")),
    ]
  }
}

/// The sentence of an error.
func sentence(_ body: () throws -> Void) -> String {
  do { try body() } catch { return "\(error)" }
  return ""
}
