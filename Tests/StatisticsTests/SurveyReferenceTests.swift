import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("Surveys: R's survey", .enabled(if: SharedData.isPresent))
struct SurveyReferenceTests {
  private func near(_ one: Double?, _ other: Double, _ share: Double = 1e-8) -> Bool {
    guard let one else { return false }
    return abs(one - other) <= share * abs(other)
  }

  private func agrees(_ found: SurveyEstimate, _ expected: SurveyExpected.Estimate) -> Bool {
    near(found.value, expected.estimate) && near(found.standardError, expected.se)
  }

  @Test(
    "means, totals, shares, ratios and both intervals are R's to 1e-8",
    arguments: SurveySample.names)
  func estimates(_ name: String) throws {
    let sample = try SurveySample(name)
    let expected = try #require(try SurveyExpected.read()[name])
    let design = sample.design
    #expect(design.degreesOfFreedom() == expected.degf)
    #expect(near(design.population, expected.sum_of_weights))
    let mean = try design.estimate(.mean(sample.column("api00")))
    #expect(near(mean.designEffect, expected.deff_mean_api00))
    for (found, wanted) in [
      (mean, expected.mean_api00),
      (try design.estimate(.total(sample.column("enroll"))), expected.total_enroll),
      (try design.share(of: sample.awards), expected.proportion_awards_yes),
      (
        try design.estimate(.ratio(sample.column("api.stu"), over: sample.column("enroll"))),
        expected.ratio
      ),
    ] {
      #expect(agrees(found, wanted), "\(found) \(wanted)")
      for (reference, ends) in [
        (SurveyEstimate.Reference.normal, wanted.ci95_normal), (.t, wanted.ci95_t_degf),
      ] {
        guard let ends else { continue }
        // R reads t with the whole design's degrees, also where rows without a value leave units out.
        let interval = found.interval(by: reference, degrees: design.degreesOfFreedom())
        #expect(near(interval?.lower, ends[0]) && near(interval?.upper, ends[1]))
      }
    }
  }

  @Test("domains keep the whole design's units: R's svyby", arguments: SurveySample.names)
  func domains(_ name: String) throws {
    let sample = try SurveySample(name)
    let expected = try #require(try SurveyExpected.read()[name])
    for wanted in expected.domain_mean_api00_by_stype {
      let inside = sample.table["stype"]?.map { $0 == wanted.stype }
      let found = try sample.design.estimate(.mean(sample.column("api00")), among: inside)
      #expect(near(found.value, wanted.mean) && near(found.standardError, wanted.se))
    }
  }

  @Test("intervals of a share are svyciprop's", arguments: SurveySample.names)
  func shares(_ name: String) throws {
    let sample = try SurveySample(name)
    let expected = try #require(try SurveyExpected.read()[name])
    let share = try sample.design.share(of: sample.awards)
    for method in ProportionInterval.allCases {
      let wanted = try #require(expected.proportion_ci_methods[method.rawValue])
      let found = share.interval(method, sampleRows: sample.design.rows)
      // R joins the likelihood's profile by a spline; ours solves for the ends.
      let limit = method == .likelihood ? 2e-5 : 1e-8
      #expect(near(found?.lower, wanted.ci95[0], limit), "\(method)")
      #expect(near(found?.upper, wanted.ci95[1], limit), "\(method)")
    }
  }

  @Test("regressions are svyglm's", arguments: SurveySample.names)
  func regressions(_ name: String) throws {
    let sample = try SurveySample(name)
    let expected = try #require(try SurveyExpected.read()[name])
    let columns = [sample.column("ell"), sample.column("meals")]
    let awards = sample.awards.map { $0.map { $0 ? 1.0 : 0.0 } }
    for (outcome, family, wanted, limit) in [
      (sample.column("api00"), SurveyRegression.Family.gaussian, expected.gaussian, 1e-8),
      // R stops when the deviance moves by less than 1e-8: its errors are 1e-7 from rest.
      (awards, .logistic, expected.logistic, 1e-6),
    ] {
      let found = try SurveyRegression(outcome, on: columns, family, design: sample.design)
      for place in wanted.beta.indices {
        #expect(near(found.coefficients[place], wanted.beta[place], limit))
        #expect(near(found.standardErrors[place], wanted.se[place], limit))
      }
    }
  }
}
