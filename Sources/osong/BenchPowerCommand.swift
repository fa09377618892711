import ArgumentParser
import Parallelism
import Statistics

struct BenchPowerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "power", abstract: "How large a difference so many folds can show.",
    discussion: """
      Made-up scores of equal models and of models that differ by some standard deviations of a \
      fold's noise go through the comparison of `bench compare`. At a difference of 0 the share is \
      that of false alarms, which should be about 0.05.
      """)
  @Option(help: "How many models are compared.")
  var models = 4
  @Option(help: "How many folds each is tested on.")
  var folds = 25
  @Option(help: "How often each difference is tried.")
  var comparisons = 1000
  @Option(help: "How the noise is distributed: normal or heavy-tailed.")
  var noise = NoiseName.normal
  @Option(help: "Decides every random number.")
  var seed: UInt64 = 0
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (2...50).contains(models) else { throw ValidationError("--models is 2 to 50") }
    guard (2...1000).contains(folds) else { throw ValidationError("--folds is 2 to 1000") }
    guard (1...1_000_000).contains(comparisons) else {
      throw ValidationError("--comparisons is 1 to 1000000")
    }
  }

  func run() throws {
    let study = PowerStudy(treatments: models, blocks: folds, noise: noise.noise, seed: seed)
    let effects = [0, 0.25, 0.5, 0.75, 1, 1.5, 2]
    let points = common.pool.map(effects.count) {
      study.point(effect: effects[$0], count: comparisons)
    }
    print("difference\tfound\tlower\tupper")
    for point in points {
      let ends = point.interval.map { "\($0.lower.rounded3)\t\($0.upper.rounded3)" } ?? "\t"
      print("\(point.effect)\t\(point.share.rounded3)\t\(ends)")
    }
  }
}

/// A distribution of noise on the command line.
enum NoiseName: String, CaseIterable, ExpressibleByArgument {
  case normal
  case heavyTailed = "heavy-tailed"

  var noise: PowerStudy.Noise { self == .normal ? .normal : .heavyTailed }
}

extension Double {
  fileprivate var rounded3: String { "\((self * 1000).rounded() / 1000)" }
}
