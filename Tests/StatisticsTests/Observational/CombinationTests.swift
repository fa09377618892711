import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("Combining and calibrating estimates")
struct CombinationTests {
  let expected: ObservationalReferences
  init() throws { expected = try .read() }

  @Test func `meta-analyses equal metafor, Hartung and Knapp's interval too`() throws {
    let methods: [String: MetaAnalysis.Method] = [
      "FE": .fixed, "DL": .derSimonianLaird, "REML": .restrictedLikelihood, "PM": .pauleMandel,
    ]
    for other in expected.meta {
      let method = try #require(methods[other.method])
      let found = try #require(
        MetaAnalysis(effects: expected.effects, standardErrors: expected.spreads, method: method))
      let interval = found.interval()
      // metafor ends REML a little early; the other methods are exact.
      let tolerance = method == .restrictedLikelihood ? 1e-7 : 1e-9
      #expect(
        gap(
          [found.estimate, found.standardError, interval.lower, interval.upper],
          [other.estimate, other.error, other.lower, other.upper]) < tolerance)
      #expect(gap([found.betweenVariance], [other.tau2]) < tolerance)
      #expect(gap([found.cochranQ, found.heterogeneityP], [other.q, other.qp]) < 1e-10)
      #expect(gap([100 * found.inconsistency], [other.i2]) < tolerance)
      let wide = try #require(found.hartungKnapp())
      #expect(
        gap(
          [try #require(found.hartungKnappError), wide.lower, wide.upper],
          [other.hkError, other.hkLower, other.hkUpper]) < tolerance)
    }
  }

  @Test func `one study is its own mean, and no study has none`() throws {
    let one = try #require(MetaAnalysis(effects: [0.4], standardErrors: [0.2]))
    #expect(gap([one.estimate, one.standardError], [0.4, 0.2]) < 1e-14)
    #expect(one.hartungKnapp() == nil && one.inconsistency == 0)
    #expect(MetaAnalysis(effects: [], standardErrors: []) == nil)
    #expect(MetaAnalysis(effects: [1], standardErrors: [0]) == nil)
  }

  @Test func `effects that agree leave nothing between studies`() throws {
    for method in MetaAnalysis.Method.allCases {
      let found = try #require(
        MetaAnalysis(
          effects: [0.3, 0.31, 0.29, 0.3], standardErrors: [0.2, 0.3, 0.2, 0.25], method: method))
      #expect(found.betweenVariance == 0)
    }
  }

  @Test func `adjusted p-values equal p.adjust`() {
    #expect(gap(Multiplicity.holm.adjusted(expected.adjusted.p), expected.adjusted.holm) < 1e-14)
    #expect(
      gap(Multiplicity.benjaminiHochberg.adjusted(expected.adjusted.p), expected.adjusted.bh)
        < 1e-14)
    #expect(Multiplicity.holm.adjusted([]).isEmpty)
  }

  @Test func `the model of systematic error reaches the likelihood of R's optim`() throws {
    let truth = expected.systematic.truth
    let controls = try truth.indices.map { place in
      SystematicErrorModel.Control(
        try #require(
          StudyEstimate(
            logRatio: expected.systematic.estimate[place],
            standardError: expected.systematic.spread[place])),
        trueLogRatio: truth[place])
    }
    let model = try SystematicErrorModel(controls)
    #expect(model.logLikelihood > expected.systematic.likelihood - 1e-7)
    let found = [
      model.meanIntercept, model.meanSlope, model.deviationIntercept, model.deviationSlope,
    ]
    #expect(gap(found, expected.systematic.parameters) < 1e-3)
    let estimate = try #require(StudyEstimate(logRatio: 0.9, standardError: 0.1))
    let calibrated = try #require(model.calibrated(estimate))
    #expect(
      abs(model.meanIntercept + model.meanSlope * calibrated.logRatio - 0.9) < 1e-12)
    #expect(calibrated.interval.lower < calibrated.logRatio)
    #expect(calibrated.standardError > estimate.standardError)
  }

  @Test func `fewer than five negative controls are refused with their number`() throws {
    let few = (0..<4).compactMap { StudyEstimate(logRatio: Double($0), standardError: 0.1) }
    #expect(throws: CalibrationFailure.tooFewControls(found: 4, needed: 5)) {
      try SystematicError(negativeControls: few)
    }
    let five = (0..<5).compactMap { StudyEstimate(logRatio: Double($0), standardError: 0.1) }
    #expect(throws: CalibrationFailure.tooFewControls(found: 4, needed: 5)) {
      try SystematicError.leavingOneOut(five)
    }
    #expect(StudyEstimate(logRatio: 1, standardError: 0) == nil)
  }

  @Test func `controls that spread as chance has it leave no systematic spread`() throws {
    let controls = [0.1, -0.1, 0.05, -0.05, 0.02, -0.02].compactMap {
      StudyEstimate(logRatio: $0, standardError: 0.3)
    }
    let found = try SystematicError(negativeControls: controls)
    #expect(found.deviation == 0 && abs(found.mean) < 1e-12)
    let estimate = try #require(StudyEstimate(logRatio: 0.7, standardError: 0.3))
    #expect(abs(found.pValue(estimate) - estimate.pValue) < 1e-12)
    #expect(SystematicError(mean: -0.4, deviation: 0).expectedAbsolute == 0.4)
  }

  @Test func `the expected absolute error is the mean of the folded normal`() {
    let error = SystematicError(mean: 0.3, deviation: 0.5)
    let (steps, reach) = (200_000, 10.0)
    var sum = 0.0
    for step in 0..<steps {
      let z = -reach + (Double(step) + 0.5) * 2 * reach / Double(steps)
      sum += abs(0.3 + 0.5 * z) * exp(-z * z / 2) * 2 * reach / Double(steps)
    }
    #expect(abs(error.expectedAbsolute - sum / (2 * Double.pi).squareRoot()) < 1e-8)
  }
}

@Suite("Empirical calibration against R", .enabled(if: SharedData.isPresent))
struct CalibrationReferenceTests {
  struct Fit: Decodable { var mean, sd: Double }
  struct Study: Decodable {
    var fit: Fit
    var max_likelihood_converged: Fit
  }
  struct Studies: Decodable { var sccs, cohortMethod: Study }

  @Test func `mean, deviation and all calibrated p equal EmpiricalCalibration`() throws {
    let folder = "references/empirical_calibration/"
    let studies = try JSONDecoder().decode(
      Studies.self, from: SharedData.bytes(folder + "expected.json"))
    for (name, study) in [("sccs", studies.sccs), ("cohortMethod", studies.cohortMethod)] {
      let table = try RegressionTests.table(folder + "expected_\(name).csv")
      func column(_ name: String) throws -> [Double] {
        try #require(table[name]).map { Double($0) ?? .nan }
      }
      let truth = try column("groundTruth")
      let estimates = try zip(column("logRr"), column("seLogRr")).map {
        try #require(StudyEstimate(logRatio: $0, standardError: $1))
      }
      let controls = zip(estimates, truth).filter { $1 == 0 }.map(\.0)
      let found = try SystematicError(negativeControls: controls)
      #expect(abs(found.mean - study.fit.mean) < 1e-3)
      #expect(abs(found.deviation - study.fit.sd) < 1e-3)
      #expect(abs(found.mean - study.max_likelihood_converged.mean) < 1e-6)
      #expect(abs(found.deviation - study.max_likelihood_converged.sd) < 1e-6)
      let stored = SystematicError(mean: study.fit.mean, deviation: study.fit.sd)
      #expect(gap(estimates.map(stored.pValue), try column("calibrated_p")) < 1e-10)
      #expect(gap(estimates.map(\.pValue), try column("traditional_p")) < 1e-10)
      let left = try SystematicError.leavingOneOut(controls)
      #expect(left.count == controls.count && left.allSatisfy { (0...1).contains($0) })
    }
  }
}
