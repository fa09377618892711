extension StudyDefinition {
  /// One explaining column.
  public struct Term: Codable, Hashable, Sendable {
    /// How the column is scaled before it is fitted.
    public enum Scaling: Hashable, Sendable {
      /// As it stands.
      case asIs
      /// By two numbers of the study.
      case fixed(Hospitals.Scaling)
      /// By mean and standard deviation (n − 1) over all hospitals together, from a first round.
      case standardised
    }

    /// The column.
    public let column: String
    /// Its scaling.
    public let scaling: Scaling

    /// A term.
    public init(_ column: String, _ scaling: Scaling = .asIs) {
      self.column = column
      self.scaling = scaling
    }

    /// Reads a column's name, or `column` with `standardise: true` or with `centre` and `scale`.
    public init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        self.init(name)
        return
      }
      try decoder.refuseKeys(except: CodingKeys.allCases.map(\.rawValue), of: "a term")
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      let column = try fields.decode(String.self, forKey: .column)
      let centre = try fields.decodeIfPresent(Double.self, forKey: .centre)
      let scale = try fields.decodeIfPresent(Double.self, forKey: .scale)
      if try fields.decodeIfPresent(Bool.self, forKey: .standardise) == true {
        guard centre == nil, scale == nil else {
          throw HospitalError("term \(column): either standardise, or centre and scale")
        }
        self.init(column, .standardised)
      } else if centre != nil || scale != nil {
        guard let scaling = Hospitals.Scaling(centre: centre ?? 0, scale: scale ?? 1) else {
          throw HospitalError("term \(column): centre and scale are finite, the scale above 0")
        }
        self.init(column, .fixed(scaling))
      } else {
        self.init(column)
      }
    }

    /// Writes the term in the one way that its digest is made of.
    public func encode(to encoder: any Encoder) throws {
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(column, forKey: .column)
      switch scaling {
      case .asIs: break
      case .standardised: try fields.encode(true, forKey: .standardise)
      case .fixed(let scaling):
        try fields.encode(scaling.centre, forKey: .centre)
        try fields.encode(scaling.scale, forKey: .scale)
      }
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case column, standardise, centre, scale }
  }
}
