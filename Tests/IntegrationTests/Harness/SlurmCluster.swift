import Foundation

/// A Slurm of four nodes on this machine, with a munge of its own.
///
/// Everything listens at 127.0.0.1 alone. It needs no privileges, no systemd and no cgroups.
final class SlurmCluster: Sendable {
  /// The number of nodes, which have a processor each.
  static let nodeCount = 4
  /// The largest array that it takes.
  static let arraySizeMaximum = 11

  /// The ports of the controller and of the nodes.
  let ports: [Int]
  private let folder: TemporaryFolder
  private let configuration: String
  /// The controller and the nodes end before munge, which they talk to.
  private let authentication: ChildProcess
  private let daemons: [ChildProcess]

  /// Starts everything; at the end all nodes are idle.
  init() async throws {
    folder = try TemporaryFolder()
    ports = try (0...Self.nodeCount).map { _ in try LoopbackPort.freeTCP() }
    let configuration = try folder.write(Self.configuration(folder, ports), to: "slurm.conf")
    self.configuration = configuration
    for name in ["state", "spool"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name), withIntermediateDirectories: false)
    }
    authentication = try await Self.startMunge(folder)
    let options = ["-D", "-f", configuration]
    let controller = try ChildProcess(Peers.slurmController, options)
    let nodes = try (1...Self.nodeCount).map {
      try ChildProcess(Peers.slurmNode, options + ["-N", "n\($0)"])
    }
    daemons = [controller] + nodes
    try await waitForNodes()
  }

  deinit {
    // Jobs outlive the daemons of their nodes: that is what Slurm wants in an upgrade.
    finish("/usr/bin/scancel", ["--user=\(NSUserName())"])
    let end = ContinuousClock.now + .seconds(10)
    while finish("/usr/bin/squeue", ["--noheader"]) != "", ContinuousClock.now < end {
      usleep(100_000)
    }
    // All of them need munge to the last, and all write to the folder until they have ended.
    for group in [daemons.reversed(), [authentication]] {
      for process in group { process.signal(SIGTERM) }
      let end = ContinuousClock.now + .seconds(10)
      while group.contains(where: \.isRunning), ContinuousClock.now < end { usleep(20_000) }
    }
  }

  /// Runs a program of Slurm's to its end without suspending, and returns what it wrote.
  @discardableResult
  private func finish(_ path: String, _ arguments: [String]) -> String? {
    guard let process = try? start(path, arguments, in: folder) else { return nil }
    while process.isRunning { usleep(20_000) }
    return try? process.output
  }

  /// Starts a program that finds this cluster, in `folder`.
  func start(
    _ path: String, _ arguments: [String], in folder: TemporaryFolder
  ) throws -> ChildProcess {
    try ChildProcess(
      "/usr/bin/env",
      ["--chdir=\(folder.path)", "SLURM_CONF=\(configuration)", path] + arguments)
  }

  /// Runs `swiftlet submit slurm` in `folder` to its end.
  func submit(_ arguments: [String], in folder: TemporaryFolder) async throws
    -> ChildProcess.Outcome
  {
    try await start(Swiftlet.path(), ["submit", "slurm"] + arguments, in: folder).outcome()
  }

  /// What `squeue` says of all jobs that are not over, or of one job in any state.
  func queue(job: String? = nil, format: String) async throws -> [Substring] {
    let chosen = job.map { ["--states=all", "--jobs=\($0)"] } ?? []
    let outcome = try await start(
      "/usr/bin/squeue", ["--noheader", "--array", "--format=\(format)"] + chosen, in: folder
    ).outcome()
    guard outcome.exitCode == 0 else { throw Failure("squeue: \(outcome.errors)") }
    return outcome.output.split(separator: "\n")
  }

  /// Where anything of the cluster can be reached from.
  func listeningPlaces() throws -> [String] {
    try ListeningSockets.of((daemons + [authentication]).map(\.processID))
  }

  private func waitForNodes() async throws {
    for _ in 0..<600 {
      let outcome = try await start(
        "/usr/bin/sinfo", ["--noheader", "--format=%T %D"], in: folder
      ).outcome()
      if outcome.output == "idle \(Self.nodeCount)\n" { return }
      if let ended = daemons.first(where: { !$0.isRunning }) {
        throw Failure("Slurm ended: \(try ended.errors)")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw Failure("Slurm's nodes did not become idle: \(try daemons[0].errors)")
  }

  private static func startMunge(_ folder: TemporaryFolder) async throws -> ChildProcess {
    var generator = SystemRandomNumberGenerator()
    let key = Data((0..<128).map { _ in UInt8.random(in: 0...255, using: &generator) })
    guard
      FileManager.default.createFile(
        atPath: folder.file("munge.key"), contents: key, attributes: [.posixPermissions: 0o600])
    else { throw Failure("no key for munge in \(folder.path)") }
    let socket = folder.file("munge.socket")
    let process = try ChildProcess(
      Peers.munge,
      [
        "--foreground", "--socket=\(socket)", "--key-file=\(folder.file("munge.key"))",
        "--pid-file=\(folder.file("munge.pid"))", "--seed-file=\(folder.file("munge.seed"))",
      ])
    try await wait(for: "munge's socket") {
      guard process.isRunning else { throw Failure("munge ended: \(try process.errors)") }
      return FileManager.default.fileExists(atPath: socket)
    }
    return process
  }

  private static func configuration(_ folder: TemporaryFolder, _ ports: [Int]) -> String {
    let host = ProcessInfo.processInfo.hostName.split(separator: ".")[0]
    let nodes = (1...nodeCount).map { number in
      """
      NodeName=n\(number) NodeHostname=\(host) NodeAddr=127.0.0.1 Port=\(ports[number]) \
      CPUs=1 RealMemory=256
      """
    }
    return """
      ClusterName=test
      SlurmctldHost=\(host)(127.0.0.1)
      SlurmctldPort=\(ports[0])
      SlurmUser=\(NSUserName())
      SlurmdUser=\(NSUserName())
      # Both words: with the first alone the controller listens everywhere.
      CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
      AuthType=auth/munge
      CredType=cred/munge
      # A job that is started again waits until its old credential has expired: usually for minutes.
      AuthInfo=socket=\(folder.file("munge.socket")),cred_expire=5
      ProctrackType=proctrack/linuxproc
      TaskPlugin=task/none
      SwitchType=switch/none
      MpiDefault=none
      JobAcctGatherType=jobacct_gather/none
      AccountingStorageType=accounting_storage/none
      SelectType=select/cons_tres
      SelectTypeParameters=CR_Core
      SchedulerType=sched/builtin
      SchedulerParameters=batch_sched_delay=0,sched_interval=1
      ReturnToService=2
      KillWait=3
      MaxArraySize=\(arraySizeMaximum)
      SlurmdParameters=config_overrides
      StateSaveLocation=\(folder.file("state"))
      SlurmdSpoolDir=\(folder.file("spool"))/%n
      SlurmctldPidFile=\(folder.file("slurmctld.pid"))
      SlurmdPidFile=\(folder.file("slurmd-%n.pid"))
      \(nodes.joined(separator: "\n"))
      PartitionName=main Nodes=ALL Default=YES

      """
  }
}
