extension SampleLayout {
  private static func needed(_ role: Role, _ names: String...) -> Column {
    Column(role: role, names: names, isNeeded: true)
  }

  private static func other(_ role: Role, _ names: String...) -> Column {
    Column(role: role, names: names, isNeeded: false)
  }

  /// The columns that this version reads.
  public var columns: [Column] {
    switch self {
    case .hiraT20:
      [
        Self.needed(.statement, "SPEC_ID_SNO"), Self.needed(.person, "JID"),
        Self.other(.weight, "SamplingWeight", "SAMPLING_WEIGHT", "WT"),
        Self.needed(.sex, "SEX_TP_CD"), Self.needed(.age, "PAT_AGE"),
        Self.needed(.mainDiagnosis, "MSICK_CD", "MAIN_SICK"),
        Self.other(.secondDiagnosis, "SSICK_CD", "SUB_SICK"),
      ]
    case .hiraT30:
      [
        Self.needed(.statement, "SPEC_ID_SNO"), Self.needed(.treatment, "DIV_CD"),
        Self.other(.ingredient, "GNL_CD", "GNL_NM_CD"),
      ]
    case .hiraT40:
      [Self.needed(.statement, "SPEC_ID_SNO"), Self.needed(.diagnosis, "SICK_CD")]
    case .hiraT53:
      [
        Self.needed(.statement, "SPEC_ID_SNO"), Self.other(.treatment, "DIV_CD"),
        Self.needed(.ingredient, "GNL_CD", "GNL_NM_CD"),
      ]
    case .nscJK:
      [
        Self.needed(.person, "PERSON_ID"), Self.needed(.year, "STND_Y"), Self.needed(.sex, "SEX"),
        Self.other(.age, "AGE"), Self.other(.ageGroup, "AGE_GROUP"), Self.other(.region, "SIDO"),
        Self.other(.weight, "WEIGHT_SAMPLE", "SamplingWeight"),
      ]
    case .nscT20:
      [
        Self.needed(.statement, "KEY_SEQ"), Self.needed(.person, "PERSON_ID"),
        Self.needed(.mainDiagnosis, "MAIN_SICK"), Self.other(.secondDiagnosis, "SUB_SICK"),
      ]
    case .nscT30:
      [Self.needed(.statement, "KEY_SEQ"), Self.needed(.treatment, "DIV_CD")]
    case .nscT40:
      [Self.needed(.statement, "KEY_SEQ"), Self.needed(.diagnosis, "SICK_SYM")]
    case .nscT60:
      [
        Self.needed(.statement, "KEY_SEQ"), Self.other(.treatment, "DIV_CD"),
        Self.needed(.ingredient, "GNL_NM_CD", "GNL_CD"),
      ]
    case .nscGJ:
      [Self.needed(.person, "PERSON_ID"), Self.needed(.year, "HCHK_YEAR")]
    }
  }

  /// Measurements of a check-up that are published, with their units; any other column may be named
  /// as well.
  public static let measurements: [String: String] = [
    "HEIGHT": "cm", "WEIGHT": "kg", "WAIST": "cm", "BMI": "kg/m²", "BP_HIGH": "mmHg",
    "BP_LWST": "mmHg", "BLDS": "mg/dL", "TOT_CHOLE": "mg/dL", "TRIGLYCERIDE": "mg/dL",
    "HDL_CHOLE": "mg/dL", "LDL_CHOLE": "mg/dL", "HMG": "g/dL", "CREATININE": "mg/dL",
    "SGOT_AST": "U/L", "SGPT_ALT": "U/L", "GAMMA_GTP": "U/L",
  ]
}
