import ArgumentParser
import Campaigns
import Foundation
import Jobs
import Provenance

struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Plans that are submitted again and again.",
    discussion: """
      Workers submit a plan when its time comes, each time once however many they are; times that \
      were missed while no worker ran are made up for once. The plan is read anew each time.

        osong schedule add nightly nightly.yaml --cron '0 2 * * *' --zone Asia/Seoul
      """,
    subcommands: [Add.self, List.self, Remove.self, Install.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a plan, or put it in the place of one of the same name.",
      discussion: """
        A line of cron: minute, hour, day of the month, month, day of the week; *, numbers, names, \
        ranges, lists, steps. Where both days are given either will do. An hour that the clock leaps \
        over in spring happens at the end of the leap, one that comes twice in autumn once. A step \
        that is still under way from the last time is not begun again.
        """)
    @Argument(help: "The name of the schedule.") var name: String
    @Argument(help: "The plan; it is checked now.") var plan: String
    @Option(help: "When: a line of cron.") var cron: String
    @Option(help: "The time zone of the line, such as Asia/Seoul; this machine's.")
    var zone = TimeZone.current.identifier
    @OptionGroup var queue: QueueOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let schedule = try CronSchedule(cron, zone: zone)
      let planned = try PlannedCommand.plan(at: plan)
      let folder = FileManager.default.currentDirectoryPath
      let payload = CommandPayload(
        plan: name, step: name,
        words: ["submit", plan, "--once", "--queue", queue.url.absoluteURL.path], folder: folder)
      let now = Date()
      try queue.open(makes: true).schedule(
        PeriodicJob(
          name: name, schedule: schedule,
          request: JobRequest(
            kind: CommandHandler.kind, payload: payload.text, user: planned.user,
            priority: planned.priority, uniqueKey: "schedule \(name)")), at: now)
      let next = schedule.next(after: now)
      try common.summarise(
        ["\(name): \(plan) at \(ScheduleText.time(next, zone)), then at `\(cron)`"],
        json: ["name": name, "next": next?.formatted(.iso8601) ?? ""])
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What is submitted when.")
    @OptionGroup var queue: QueueOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let all = try queue.open().periodicJobs()
      if common.json {
        let rows = all.map { job, next in
          [
            "name": job.name, "cron": job.schedule.line, "zone": job.schedule.zone,
            "next": next?.formatted(.iso8601) ?? "",
          ]
        }
        print(String(decoding: try StableJSON.encode(rows), as: UTF8.self), terminator: "")
        return
      }
      let rows = all.map { job, next in
        [
          job.name, job.schedule.line, job.schedule.zone,
          ScheduleText.time(next, job.schedule.zone),
          CommandPayload(text: job.request.payload)?.words.dropFirst().first ?? "",
        ]
      }
      if rows.isEmpty {
        print("nothing is scheduled")
      } else {
        JobText.table([["name", "cron", "zone", "next", "plan"]] + rows).forEach { print($0) }
      }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Submit a plan no more.")
    @Argument(help: "The name of the schedule.") var name: String
    @OptionGroup var queue: QueueOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      guard try queue.open().unschedule(name) else { throw ScheduleMissing(name: name) }
      try common.summarise(["\(name) is not submitted any more"], json: ["removed": name])
    }
  }
}

/// Instants as people of a time zone say them.
enum ScheduleText {
  static func time(_ instant: Date?, _ zone: String) -> String {
    guard let instant, let zone = TimeZone(identifier: zone) else { return "never" }
    var style = Date.ISO8601FormatStyle(timeZone: zone)
    style = style.year().month().day().time(includingFractionalSeconds: false)
      .timeZone(separator: .colon)
    return instant.formatted(style)
  }
}

struct ScheduleMissing: Error, CustomStringConvertible {
  let name: String
  var description: String { "nothing is scheduled as \(name); `osong schedule list` names all" }
}
