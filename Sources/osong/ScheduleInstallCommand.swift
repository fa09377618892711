import ArgumentParser
import Campaigns
import Foundation
import Provenance

extension ScheduleCommand {
  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a systemd timer that runs a nightly plan without a worker.",
      discussion: """
        Writes osong-NAME.service and osong-NAME.timer for the user's own systemd (or into --into), \
        and says how they are switched on; nothing is switched on by itself. Where there is no \
        systemd the line for a crontab is said too. The service runs at low priority, is stopped \
        gently, and a night that was missed while the machine was off is made up for.

          osong schedule install collection.yaml --at 22:00
        """)
    @Argument(help: "The nightly plan; it is checked now.") var plan: String
    @Option(help: "When it begins, such as 22:00, in this machine's time zone.") var at: String
    @Option(help: "The folder of the units (default: the user's).") var into: String?
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if ClockTime(at) == nil { throw ValidationError("--at is a time such as 22:00, not \(at)") }
    }

    func run() throws {
      let units = TimerUnits(
        plan: try NightlyCommand.read(plan), file: URL(filePath: plan).absoluteURL,
        program: URL(
          filePath: try FileManager.default.destinationOfSymbolicLink(
            atPath: "/proc/self/exe")),
        folder: FileManager.default.currentDirectoryPath, at: at)
      let home = FileManager.default.homeDirectoryForCurrentUser
      let folder = into.map { URL(filePath: $0) } ?? home.appending(path: ".config/systemd/user")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try AtomicFile.write(units.service, to: folder.appending(path: "\(units.name).service"))
      try AtomicFile.write(units.timer, to: folder.appending(path: "\(units.name).timer"))
      try common.summarise(
        [
          "\(folder.path)/\(units.name).timer is written; switch it on with",
          "  systemctl --user enable --now \(units.name).timer",
          "  loginctl enable-linger    # so that it also runs while nobody is logged in",
          "or, without systemd, add this line by `crontab -e`:", "  \(units.cron)",
        ], json: ["timer": units.name, "folder": folder.path, "cron": units.cron])
    }
  }
}

/// The texts of a service and its timer.
struct TimerUnits {
  let plan: NightPlan
  let file: URL
  let program: URL
  let folder: String
  let at: String

  /// `osong-` and the plan's name, of letters that a unit's name may have.
  var name: String {
    "osong-"
      + String(plan.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" ? $0 : "-" })
  }

  var service: String {
    """
    [Unit]
    Description=Osong nightly: \(escaped(plan.name))

    [Service]
    Type=oneshot
    WorkingDirectory=\(escaped(folder))
    ExecStart="\(escaped(program.path))" nightly "\(escaped(file.path))"
    # Stopped by its hour, or by hand: the next night goes on.
    SuccessExitStatus=75
    TimeoutStopSec=120
    Nice=10
    IOSchedulingClass=idle

    """
  }

  var timer: String {
    """
    [Unit]
    Description=Osong nightly: \(escaped(plan.name))

    [Timer]
    OnCalendar=*-*-* \(at):00
    Persistent=true

    [Install]
    WantedBy=timers.target

    """
  }

  var cron: String {
    let parts = at.split(separator: ":").compactMap { Int($0) }
    // In a crontab a percent sign ends the command.
    let words = [folder, program.path, file.path].map {
      "'"
        + $0.replacingOccurrences(of: "'", with: "'\\''")
        .replacingOccurrences(of: "%", with: "\\%") + "'"
    }
    return "\(parts[1]) \(parts[0]) * * * cd \(words[0]) && \(words[1]) nightly \(words[2]) --quiet"
  }

  /// A percent sign begins a specifier, a line end the next setting.
  private func escaped(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 }).replacingOccurrences(of: "%", with: "%%")
      .replacingOccurrences(of: "\"", with: "\\\"")
  }
}
