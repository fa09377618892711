import Foundation
import Synchronization
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
      for name in ["logs", "pids", "arrays"] {
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
        cluster: SlurmCluster(commands: folder, pause: 0.02), grace: 0.3, window: 0.3
      ).run(lease, control)
    }

    /// How many elements, or arrays, the cluster was given.
    func submitted(_ kind: String = "pids") -> Int {
      (try? FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: kind).path
      ).count) ?? -1
    }

    private static let sbatch = """
      while [ $# -gt 0 ]; do
        case $1 in
          --job-name) name=$2;; --output) output=$2;; --array=0-*) last=${1#--array=0-};;
        esac
        shift
      done
      array=$(($(ls arrays | wc -l) + 1))
      cat > arrays/$array
      for element in $(seq 0 $last); do
        (
          # Foundation waits for all that hold its descriptors; a real sbatch leaves nobody behind.
          for held in /proc/$BASHPID/fd/*; do
            number=${held##*/}
            [ "$number" -le 2 ] || eval "exec $number>&-"
          done
          export SLURM_ARRAY_TASK_ID=$element
          exec setsid sh arrays/$array >> "$output" 2>&1 < /dev/null
        ) &
        echo "$! $name" > pids/${array}_$element
      done
      echo $array
      """
    private static let squeue = """
      for file in pids/*; do
        [ -e "$file" ] || exit 0
        read pid name < $file
        state=RUNNING
        tr -d '\\0' < /proc/$pid/cmdline 2>/dev/null | grep -q . || state=COMPLETED
        id=${file#pids/}
        echo "${id%_*}|${id#*_}|$name|$state"
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
    #expect(stage.submitted() == 1)
  }

  @Test func `a job whose node is lost is a failure, to be tried again`() throws {
    let stage = try Stage()
    let outcome = stage.run(try stage.lease("kill -9 0"))
    #expect(outcome == .failure("its Slurm job 1_0 ended as COMPLETED, without an exit code"))
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
    #expect(stage.submitted() == 1)
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
    #expect(stage.submitted() == 1)
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

  @Test func `jobs that are begun together become one array, each with its own end`() async throws {
    let stage = try Stage()
    let leases = try (0..<12).map { try stage.lease("echo job \($0); exit $((\($0) % 2 * 3))") }
    let handler = SlurmHandler(
      program: URL(filePath: "/bin/sh"), logs: stage.logs,
      cluster: SlurmCluster(commands: stage.folder, pause: 0.02), window: 1)
    let outcomes = Mutex<[Int64: JobOutcome]>([:])
    let isDone = DispatchSemaphore(value: 0)
    for lease in leases {
      Thread {
        let outcome = handler.run(lease, JobControl())
        outcomes.withLock { $0[lease.id] = outcome }
        isDone.signal()
      }.start()
    }
    await withCheckedContinuation { continuation in
      Thread {
        for _ in leases { isDone.wait() }
        continuation.resume()
      }.start()
    }
    let expected = leases.enumerated().map { number, _ in
      number % 2 == 0 ? JobOutcome.success("job \(number)") : .rejection("job \(number)")
    }
    #expect(outcomes.withLock { all in leases.map { all[$0.id] } } == expected)
    #expect(stage.submitted() == 12)
    #expect(stage.submitted("arrays") < 12)
    // What the cluster needed is gone; what the jobs said stays.
    let left = try FileManager.default.contentsOfDirectory(atPath: stage.logs.folder.path)
    #expect(left.allSatisfy { $0.hasSuffix(".log") } && left.count == 12)
  }

  @Test func `an element that a dead coordinator had only written down is begun anew`() throws {
    let stage = try Stage()
    let lease = try stage.lease("echo anew")
    try SlurmElement(name: "osong-lost-1-1", index: 0).write(to: stage.logs.element(of: lease.id))
    #expect(stage.run(lease) == .success("anew"))
    #expect(stage.submitted() == 1)
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
