import Foundation
import Hospitals
import Provenance
import Statistics
import Testing

@Suite struct MessageTests {
  private var generator = SplitMix64(seed: 3)
  private let study = Digest(of: "a study")

  private mutating func question(_ body: Question.Body) -> Question {
    Question(
      study: study, run: MessageID(using: &generator), round: 4,
      nonce: MessageID(using: &generator), body: body)
  }

  private static let shape = AnswerShape(coefficients: 4, standardised: 2, rows: 2, columns: 3)

  private static func bodies() throws -> [(Question.Body, Answer.Body)] {
    let scalings = [Scaling.none, try #require(Scaling(centre: 56.37, scale: 18.76))]
    let triangle = (0..<10).map { Double($0) / 3 }
    let sums = try #require(
      NewtonAggregate(
        logLikelihood: -12.5, gradient: [1, 2, 3, 4], information: triangle, rows: 90))
    return [
      (.moments, .moments(persons: 90, [.init(mean: 1, squares: 2), .init(mean: 3, squares: 4)])),
      (
        .newton(scalings: scalings, coefficients: [0, 0.1, -1e300, .leastNonzeroMagnitude]),
        .newton(sums)
      ),
      (
        .estimate(scalings: scalings),
        .estimate(persons: 90, coefficients: [1, 2, 3, 4], covariance: triangle)
      ),
      (.table, .table([5, nil, 7, nil, 0, 9, 8, 17, nil, 16, 15, 40])),
      (.noisyTable(numerator: 1, denominator: 10), .noisyTable([-3, 0, 4, 5, 900, 7])),
    ]
  }

  @Test mutating func `questions and answers come back as they were sent`() throws {
    for (asked, told) in try Self.bodies() {
      let question = question(asked)
      #expect(try Question(bytes: question.bytes) == question)
      let answer = Answer(site: "site1", to: question, told)
      let read = try Answer(bytes: answer.bytes, to: asked, shape: Self.shape)
      #expect(read == answer)
      #expect(read.answers(question))
    }
  }

  @Test mutating func `an answer's size follows from the question alone`() throws {
    for (asked, told) in try Self.bodies() {
      let question = question(asked)
      let refusal = Answer(site: "site1", to: question, .refusal(.fewPersons)).bytes.count - 2
      let answer = Answer(site: "site1", to: question, told).bytes
      #expect(answer.count - refusal == Self.shape.bytes(asked))
      // One number more, or less, is no answer.
      for bytes in [answer + [0], answer + [UInt8](repeating: 0, count: 8), answer.dropLast()] {
        #expect(throws: MessageError.self) {
          try Answer(bytes: Array(bytes), to: asked, shape: Self.shape)
        }
      }
    }
  }

  @Test mutating func `the longest answer of any study fits a frame`() {
    let largest = AnswerShape(
      coefficients: FederationLimits.coefficients, standardised: FederationLimits.coefficients,
      rows: 1, columns: FederationLimits.cells)
    let bodies: [Question.Body] = [
      .moments, .newton(scalings: [], coefficients: []), .estimate(scalings: []), .table,
      .noisyTable(numerator: 1, denominator: 1),
    ]
    let name = String(repeating: "n", count: FederationLimits.nameBytes)
    let header = Answer(site: name, to: question(.moments), .refusal(.replayed)).bytes.count + 64
    for body in bodies {
      #expect(header + largest.bytes(body) <= FederationLimits.frameBytes)
    }
  }

  /// Whatever an answer is made of: names, digests, numbers and counts, and lists whose length
  /// the shape fixes.
  ///
  /// A new property of another type fails here.
  @Test mutating func `no part of an answer is text, or a list for each person`() throws {
    let allowed: Set<String> = [
      "Digest", "MessageID", "UInt32", "Int", "Double", "Array<Double>", "Array<TermMoment>",
      "Array<Optional<UInt32>>", "Array<Int64>", "TermMoment", "NewtonAggregate", "SiteRefusal",
      "Body",
    ]
    func types(_ value: Any, _ path: String) {
      for child in Mirror(reflecting: value).children {
        let name = "\(type(of: child.value))"
        let isTuple = name.hasPrefix("(")
        let isSite = path == "answer" && child.label == "site" && name == "String"
        #expect(
          isTuple || isSite || allowed.contains(name), "\(path).\(child.label ?? "") is \(name)")
        if isTuple || ["Body", "NewtonAggregate", "TermMoment"].contains(name) {
          types(child.value, "\(path).\(child.label ?? "")")
        }
      }
    }
    for (asked, told) in try Self.bodies() {
      types(Answer(site: "site1", to: question(asked), told), "answer")
    }
    types(Answer(site: "site1", to: question(.moments), .refusal(.replayed)), "answer")
  }

  @Test mutating func `garbage, and every cut and flipped message, is refused or reads as another`()
    throws
  {
    for (asked, told) in try Self.bodies() {
      let question = question(asked)
      let answer = Answer(site: "site1", to: question, told).bytes
      for end in 0..<question.bytes.count {
        #expect(throws: MessageError.self) {
          try Question(bytes: Array(question.bytes.prefix(end)))
        }
      }
      for end in 0..<answer.count {
        #expect(throws: MessageError.self) {
          try Answer(bytes: Array(answer.prefix(end)), to: asked, shape: Self.shape)
        }
      }
      for place in question.bytes.indices {
        var bytes = question.bytes
        bytes[place] ^= 0x41
        if let read = try? Question(bytes: bytes) { #expect(read != question) }
      }
    }
    for length in 0..<400 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect((try? Question(bytes: bytes)) == nil)
      for (asked, _) in try Self.bodies() {
        #expect((try? Answer(bytes: bytes, to: asked, shape: Self.shape)) == nil)
      }
    }
  }

  @Test mutating func `numbers that are not finite are no message`() {
    for value in [Double.nan, .infinity, -.infinity] {
      let question = question(.newton(scalings: [], coefficients: [1, value]))
      #expect(throws: MessageError.malformed("a number is not finite")) {
        try Question(bytes: question.bytes)
      }
    }
  }

  @Test mutating func `another version is named, not guessed at`() {
    var later = question(.moments)
    later.version = 2
    #expect(throws: MessageError.version(theirs: 2)) { try Question(bytes: later.bytes) }
    #expect("\(MessageError.version(theirs: 2))".contains("version 2"))
  }

  @Test mutating func `a changed byte, a strange key and a turned way break the signature`() throws
  {
    let (key, other) = (SigningKey(), SigningKey())
    let message = question(.moments).bytes
    let frame = SignedMessage.seal(message, .question, by: key)
    #expect(frame.count == message.count + 64)
    #expect(try SignedMessage.open(frame, .question, by: key.verifyingKey) == message)
    for place in frame.indices {
      var changed = frame
      changed[place] ^= 1
      #expect(throws: MessageError.signature) {
        try SignedMessage.open(changed, .question, by: key.verifyingKey)
      }
    }
    #expect(throws: MessageError.signature) {
      try SignedMessage.open(frame, .question, by: other.verifyingKey)
    }
    #expect(throws: MessageError.signature) {
      try SignedMessage.open(frame, .answer, by: key.verifyingKey)
    }
    for length in [0, 64, FederationLimits.frameBytes + 1] {
      #expect(throws: MessageError.malformed("a frame of \(length) bytes")) {
        try SignedMessage.open(
          [UInt8](repeating: 0, count: length), .question, by: key.verifyingKey)
      }
    }
  }
}
