import Provenance
import Statistics

extension Answer {
  /// What a cell says that is kept back; no hospital has so many persons.
  private static let kept = UInt32.max

  /// The answer as bytes: the version first, then who and to what, then the numbers.
  public var bytes: [UInt8] {
    var writer = WireWriter()
    writer.write(FederationLimits.version)
    writer.write(name: site)
    writer.write(question)
    writer.write(study)
    writer.write(run)
    writer.write(round)
    writer.write(nonce)
    switch body {
    case .refusal(let refusal):
      writer.write(UInt8(0))
      writer.write(refusal.rawValue)
    case .moments(let persons, let moments):
      writer.write(UInt8(1))
      writer.write(persons)
      for moment in moments { writer.write([moment.mean, moment.squares]) }
    case .newton(let sums):
      writer.write(UInt8(2))
      writer.write(UInt32(clamping: sums.rows))
      writer.write([sums.logLikelihood] + sums.gradient + sums.information)
    case .estimate(let persons, let coefficients, let covariance):
      writer.write(UInt8(3))
      writer.write(persons)
      writer.write(coefficients + covariance)
    case .masked(let roster, let numbers):
      writer.write(UInt8(6))
      writer.write(roster)
      for number in numbers { writer.write(number.word) }
    case .table(let cells):
      writer.write(UInt8(4))
      for cell in cells { writer.write(cell ?? Self.kept) }
    case .noisyTable(let cells):
      writer.write(UInt8(5))
      for cell in cells { writer.write(cell) }
    }
    return writer.bytes
  }

  /// Reads an answer of exactly the shape that the question asks for, or a refusal.
  public init(
    bytes: [UInt8], to question: Question.Body, shape: AnswerShape
  ) throws(MessageError) {
    var reader = WireReader(bytes)
    let version = try reader.integer(UInt16.self)
    guard version == FederationLimits.version else { throw .version(theirs: version) }
    self.init(
      site: try reader.name(), question: try reader.digest(), study: try reader.digest(),
      run: try reader.messageID(), round: try reader.integer(UInt32.self),
      nonce: try reader.messageID(), body: try Self.body(&reader, question, shape))
    try reader.finish()
  }

  private static func body(
    _ reader: inout WireReader, _ question: Question.Body, _ shape: AnswerShape
  ) throws(MessageError) -> Body {
    let kind = try reader.integer(UInt8.self)
    if kind == 0 {
      guard let refusal = SiteRefusal(rawValue: try reader.integer(UInt8.self)) else {
        throw .malformed("a refusal without a reason")
      }
      return .refusal(refusal)
    }
    switch (question, kind) {
    case (.moments, 6) where shape.isMasked, (.newton, 6) where shape.isMasked:
      let roster = try reader.digest()
      var numbers: [MaskedNumber] = []
      for _ in 0..<shape.numbers(question) {
        numbers.append(MaskedNumber(word: try reader.integer(UInt128.self)))
      }
      return .masked(roster: roster, numbers)
    case (.moments, 1) where !shape.isMasked:
      let persons = try reader.integer(UInt32.self)
      var moments: [TermMoment] = []
      for _ in 0..<shape.standardised {
        let (mean, squares) = (try reader.number(), try reader.number())
        guard squares >= 0 else { throw .malformed("a spread below 0") }
        moments.append(TermMoment(mean: mean, squares: squares))
      }
      return .moments(persons: persons, moments)
    case (.newton, 2) where !shape.isMasked:
      let persons = try reader.integer(UInt32.self)
      let value = try reader.number()
      let gradient = try reader.numbers(shape.coefficients)
      let sums = NewtonAggregate(
        logLikelihood: value, gradient: gradient,
        information: try reader.numbers(shape.triangle), rows: Int(persons))
      guard let sums else { throw .malformed("its sums do not fit together") }
      return .newton(sums)
    case (.estimate, 3):
      return .estimate(
        persons: try reader.integer(UInt32.self),
        coefficients: try reader.numbers(shape.coefficients),
        covariance: try reader.numbers(shape.triangle))
    case (.table, 4):
      var cells: [UInt32?] = []
      for _ in 0..<shape.numbers(question) {
        let cell = try reader.integer(UInt32.self)
        cells.append(cell == kept ? nil : cell)
      }
      return .table(cells)
    case (.noisyTable, 5):
      var cells: [Int64] = []
      for _ in 0..<shape.numbers(question) { cells.append(try reader.integer(Int64.self)) }
      return .noisyTable(cells)
    default: throw .malformed("it is of kind \(kind), which was not asked for")
    }
  }
}
