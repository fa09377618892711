import Foundation
import Testing

@testable import Campaigns
@testable import Jobs

/// The commands of a cluster, played by shell scripts on this machine.
@Suite(.timeLimit(.minutes(2))) struct SlurmHandlerTests {
  /// A cluster of one machine, and the folder that its nodes share.
  private final class Stage {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "osong-slurm-\(UUID())")
    let store: SQLiteJobStore
    var logs: CommandLogs { CommandLogs(in: folder.appending(path: "logs")) }

    init() throws {
      store = try SQLiteJobStore()
      for name in ["logs", "pids"] {
        try FileManager.default.createDirectory(
          at: folder.appending(path: name), withIntermediateDirectories: true)
      }
      for (name, text) in [
        ("sbatch", Self.sbatch), ("squeue", Self.squeue), ("scancel", Self.scancel),
      ] {
        let file = folder.appending(path: name)
        try Data(("#!/bin/bash\ncd \"$(dirname \"$0\")\"\n" + text).utf8).write(to: file)
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: file.path)
      }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func lease(_ script: String) throws -> JobLease {
      let payload = CommandPayload(plan: "p", step: "s", words: ["-c", script], folder: "/")
      _ = try store.enqueue(
        [JobRequest(kind: CommandHandler.kind, payload: payload.text)], at: Date())
      return try #require(
        try store.claim(1, of: [CommandHandler.kind], for: "w", lease: 60, at: Date()).first)
    }

    func run(_ lease: JobLease, _ control: JobControl = JobControl()) -> JobOutcome {
      SlurmHandler(
        program: URL(filePath: "/bin/sh"), logs: logs,
        cluster: SlurmCluster(commands: folder, pause: 0.02), grace: 0.3
      ).run(lease, control)
    }

    var submitted: Int {
      (try? FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: "pids").path
      ).count) ?? -1
    }

    private static let sbatch = """
      while [ $# -gt 0 ]; do
        case $1 in --job-name) name=$2;; --output) output=$2;; esac
        shift
      done
      id=$(($(ls pids | wc -l) + 1))
      cat > script-$id
      (
        # Foundation waits for all that hold its descriptors; a real sbatch leaves nobody behind.
        for held in /proc/$BASHPID/fd/*; do
          number=${held##*/}
          [ "$number" -le 2 ] || eval "exec $number>&-"
        done
        exec setsid sh script-$id >> "$output" 2>&1 < /dev/null
      ) &
      echo "$! $name" > pids/$id
      echo $id
      """
    private static let squeue = """
      for file in pids/*; do
        [ -e "$file" ] || exit 0
        read pid name < $file
        state=RUNNING
        tr -d '\\0' < /proc/$pid/cmdline 2>/dev/null | grep -q . || state=COMPLETED
        echo "${file#pids/}|$name|$state"
      done
      """
    private static let scancel = """
      signal=KILL
      for word; do case $word in --signal=*) signal=${word#*=};; --*) ;; *) id=$word;; esac; done
      read pid name < pids/$id
      kill -$signal -- -$pid
      """
  }

  @Test(
    "an exit code comes back from the cluster",
    arguments: [
      ("echo it\\'s done", JobOutcome.success("it's done")), ("echo no; exit 3", .rejection("no")),
      ("echo later; exit 75", .failure("was interrupted: later")),
    ])
  func outcomes(script: String, expected: JobOutcome) throws {
    let stage = try Stage()
    #expect(stage.run(try stage.lease(script)) == expected)
    #expect(stage.submitted == 1)
  }

  @Test func `a job whose node is lost is a failure, to be tried again`() throws {
    let stage = try Stage()
    let outcome = stage.run(try stage.lease("kill -9 0"))
    #expect(outcome == .failure("its Slurm job 1 ended as COMPLETED, without an exit code"))
  }

  @Test func `a worker that ends leaves its job on the cluster, and the next one finds it`() throws
  {
    let stage = try Stage()
    let lease = try stage.lease(
      "while ! [ -e \(stage.folder.path)/go ]; do sleep 0.02; done; echo ok")
    let control = JobControl()
    control.stop(.released)
    #expect(stage.run(lease, control) == .released)
    try Data().write(to: stage.folder.appending(path: "go"))
    #expect(stage.run(lease) == .success("ok"))
    #expect(stage.submitted == 1)
  }

  @Test func `what ended while no worker looked is not begun again`() throws {
    let stage = try Stage()
    let lease = try stage.lease("sleep 0.5; echo once")
    let control = JobControl()
    control.stop(.lost)
    _ = stage.run(lease, control)
    for _ in 0..<500
    where !FileManager.default.fileExists(atPath: stage.logs.exit(of: lease.id).path) {
      usleep(10_000)
    }
    usleep(100_000)
    #expect(stage.run(lease) == .success("once"))
    #expect(stage.submitted == 1)
  }

  @Test(
    "cancelling reaches the cluster",
    arguments: ["sleep 60", "trap '' TERM; while :; do sleep 0.1; done"])
  func cancelled(script: String) throws {
    let stage = try Stage()
    let control = JobControl()
    control.stop(.cancelled)
    let begin = ContinuousClock.now
    #expect(stage.run(try stage.lease(script), control) == .cancelled)
    #expect(ContinuousClock.now - begin < .seconds(20))
  }

  @Test func `a cluster that refuses says why`() throws {
    let stage = try Stage()
    try Data("#!/bin/sh\ncat > /dev/null; echo 'invalid partition' >&2; exit 1\n".utf8).write(
      to: stage.folder.appending(path: "sbatch"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: stage.folder.appending(path: "sbatch").path)
    #expect(stage.run(try stage.lease("true")) == .failure("sbatch: invalid partition"))
  }
}
