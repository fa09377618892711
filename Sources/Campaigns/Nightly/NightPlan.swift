public import Entities
public import Foundation
public import Screening
import Yams

/// What is scored every night, and where it is kept.
///
/// ```yaml
/// version: 1
/// name: collection
/// store: nights            # everything the nights leave behind
/// until: "06:00"           # stops by then, and goes on the next night
/// zone: Asia/Seoul
/// screens:
///   - name: thrombin
///     library: collection.olib
///     model: thrombin.model
///     target: Thrombin
///     top: 100
///     plan: thrombin.plan.json
///     results: assays/thrombin.csv   # measured since: held against what was predicted
///     evidence:                      # the list is kept back while its target is no-go
///       files: [cohort.evidence]
///       disease: EFO:0004611
///       gene: F2
///       modulation: inhibit
/// ```
public struct NightPlan: Hashable, Sendable {
  /// One list of hits that is kept up to date.
  public struct Screen: Hashable, Sendable {
    /// Its name, unique in the plan; also the name of its folder.
    public var name: String
    /// The library.
    public var library: URL
    /// The model folder.
    public var model: URL
    /// The model's task that ranks; nil for the first.
    public var task: String?
    /// The target's name for the report; nil for the model's.
    public var target: String?
    /// Filters, ranking and how many to name.
    public var rules: ScreeningPlan
    /// A table of measured values that the model did not learn from; nil where there is none.
    public var results: URL?
    /// What has to speak for the target; nil where the list does not depend on it.
    public var evidence: Evidence?
  }

  /// Evidence on the target of a list.
  public struct Evidence: Hashable, Sendable {
    /// The files of evidence.
    public var files: [URL]
    /// The disease's identifier.
    public var disease: String
    /// The target's symbol.
    public var gene: String
    /// What the list's compounds do to it: inhibit or activate.
    public var modulation: Modulation
  }

  /// The version of plans that is read.
  public static let version = 1
  /// The most screens of a plan.
  public static let mostScreens = 1_000

  /// The plan's name.
  public var name: String
  /// Where scores, models, libraries and results are kept.
  public var store: URL
  /// The hour and minute at which work stops until the next night; nil for never.
  public var until: ClockTime?
  /// The time zone of the hour and of the night's day.
  public var zone: TimeZone
  /// The lists, in the order of the plan.
  public var screens: [Screen]

  /// Reads a plan and looks whether what it names is there; all faults are told at once.
  ///
  /// - Parameter folder: where relative paths begin.
  public init(yaml text: String, name fallback: String, folder: URL) throws(QueuePlan.Faults) {
    guard text.utf8.count <= 1 << 20 else {
      throw QueuePlan.Faults(sentences: ["a plan is at most 1 MiB"])
    }
    let folder = URL(filePath: folder.path, directoryHint: .isDirectory)
    let loaded: Any?
    do { loaded = try Yams.load(yaml: text) } catch {
      throw QueuePlan.Faults(sentences: ["this is no YAML: \(error)"])
    }
    guard let whole = loaded as? [String: Any] else {
      throw QueuePlan.Faults(sentences: ["a plan is a table of keys, with a list of `screens`"])
    }
    var reader = PlanReader()
    reader.allow(whole, ["version", "name", "store", "until", "zone", "screens"], of: "the plan")
    let version = reader.number(whole, "version") ?? Self.version
    if version > Self.version {
      throw QueuePlan.Faults(sentences: [
        "the plan is of version \(version), this program reads version \(Self.version)"
      ])
    }
    name = reader.text(whole, "name") ?? fallback
    store = URL(filePath: reader.text(whole, "store") ?? "\(name).nights", relativeTo: folder)
    zone = .current
    if let named = reader.text(whole, "zone") {
      if let known = TimeZone(identifier: named) {
        zone = known
      } else {
        reader.faults.append(
          "there is no time zone \(named)"
            + Suggestion.among(TimeZone.knownTimeZoneIdentifiers, for: named))
      }
    }
    if let hour = reader.text(whole, "until") {
      until = ClockTime(hour)
      if until == nil { reader.faults.append("`until` is a time such as \"06:00\", not \(hour)") }
    }
    screens = Self.screens(whole["screens"], folder, &reader)
    guard reader.faults.isEmpty else { throw QueuePlan.Faults(sentences: reader.faults) }
  }

  private static func screens(
    _ value: Any?, _ folder: URL, _ reader: inout PlanReader
  ) -> [Screen] {
    guard let list = value as? [Any], !list.isEmpty, list.count <= mostScreens else {
      reader.faults.append("a plan has a list of 1 to \(mostScreens) `screens`")
      return []
    }
    var screens: [Screen] = []
    var names = Set<String>()
    for (place, item) in list.enumerated() {
      guard let table = item as? [String: Any] else {
        reader.faults.append("screen \(place + 1) is no table of keys")
        continue
      }
      let name = reader.text(table, "name") ?? "screen-\(place + 1)"
      reader.allow(
        table,
        [
          "name", "library", "model", "task", "target", "top", "plan", "rank", "results",
          "evidence",
        ], of: name)
      if !names.insert(name).inserted { reader.faults.append("two screens are called \(name)") }
      if name.contains("/") || name.hasPrefix(".") || name.utf8.count > 100 {
        reader.faults.append("\(name) cannot be the name of a folder")
      }
      func file(_ key: String, needed: Bool) -> URL? {
        guard let path = reader.text(table, key) else {
          if needed, table[key] == nil { reader.faults.append("\(name) has no `\(key)`") }
          return nil
        }
        let url = URL(filePath: path, relativeTo: folder)
        guard FileManager.default.fileExists(atPath: url.path) else {
          reader.faults.append("\(name): there is no \(key) \(path)")
          return nil
        }
        return url
      }
      let library = file("library", needed: true)
      let model = file("model", needed: true)
      let rules = rules(table, file("plan", needed: false), of: name, &reader)
      let results = file("results", needed: false)
      let evidence = evidence(table["evidence"], folder, of: name, &reader)
      guard let library, let model else { continue }
      screens.append(
        Screen(
          name: name, library: library, model: model, task: reader.text(table, "task"),
          target: reader.text(table, "target"), rules: rules, results: results,
          evidence: evidence))
    }
    return screens
  }

  private static func evidence(
    _ value: Any?, _ folder: URL, of name: String, _ reader: inout PlanReader
  ) -> Evidence? {
    guard let value else { return nil }
    let keys = ["files", "disease", "gene", "modulation"]
    guard let table = value as? [String: Any] else {
      reader.faults.append("\(name): `evidence` is a table of \(keys.joined(separator: ", "))")
      return nil
    }
    reader.allow(table, keys, of: "the evidence of \(name)")
    for key in keys where table[key] == nil {
      reader.faults.append("\(name): its evidence has no `\(key)`")
    }
    let listed = table["files"] as? [Any] ?? table["files"].map { [$0] } ?? []
    let paths = listed.compactMap { $0 as? String }
    if table["files"] != nil, paths.isEmpty || paths.count < listed.count {
      reader.faults.append("\(name): `files` is a list of files of evidence")
    }
    let files = paths.map { URL(filePath: $0, relativeTo: folder) }
    for (path, file) in zip(paths, files)
    where !FileManager.default.fileExists(atPath: file.path) {
      reader.faults.append("\(name): there is no evidence \(path)")
    }
    let word = reader.text(table, "modulation")
    let modulation = word.flatMap(Modulation.init(rawValue:))
    if let word, modulation == nil || modulation == .unknown {
      reader.faults.append("\(name): `modulation` is inhibit or activate, not \(word)")
    }
    guard let disease = reader.text(table, "disease"), let gene = reader.text(table, "gene"),
      let modulation
    else { return nil }
    return Evidence(files: files, disease: disease, gene: gene, modulation: modulation)
  }

  private static func rules(
    _ table: [String: Any], _ file: URL?, of name: String, _ reader: inout PlanReader
  ) -> ScreeningPlan {
    var rules = ScreeningPlan()
    do {
      if let file {
        rules = try JSONDecoder().decode(ScreeningPlan.self, from: Data(contentsOf: file))
      }
      if let top = reader.number(table, "top") { rules.count = top }
      if let word = reader.text(table, "rank") {
        if let rule = RankingRule(rawValue: word) {
          rules.ranking = rule
        } else {
          reader.faults.append(
            "\(name): there is no ranking \(word)"
              + Suggestion.among(RankingRule.allCases.map(\.rawValue), for: word))
        }
      }
      try rules.validate()
    } catch let error as PlanError {
      reader.faults.append("\(name): \(error)")
    } catch {
      reader.faults.append("\(name): the plan cannot be read: \(error.localizedDescription)")
    }
    return rules
  }
}

/// An hour and a minute of any day.
public struct ClockTime: Hashable, Sendable {
  /// 0 to 23, and 0 to 59.
  public let hour, minute: Int

  /// Reads `06:00`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    self.hour = hour
    self.minute = minute
  }

  /// The first instant after another at which clocks of the zone show this time.
  public func next(after instant: Date, in zone: TimeZone) -> Date? {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar.nextDate(
      after: instant, matching: DateComponents(hour: hour, minute: minute),
      matchingPolicy: .nextTime)
  }
}
