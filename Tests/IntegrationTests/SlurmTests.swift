import Foundation
import Testing

extension IntegrationTests {
  /// `swiftlet submit slurm` on a real Slurm of four nodes.
  @Suite(
    .serialized,
    .enabled(
      if: Peers.areInstalled(
        Peers.slurmController, Peers.slurmNode, Peers.slurmCommand, Peers.munge)))
  struct SlurmTests {
    private let folder: TemporaryFolder
    private let cluster: SlurmCluster

    init() async throws {
      folder = try TemporaryFolder()
      cluster = try await SlurmCluster()
    }

    /// A small fleet with trouble, the same in all tests.
    private static let fleet = [
      "default", "--devices", "9", "--duration", "6h", "--fault", "partition=0.5", "--seed", "11",
    ]

    /// What one process writes for that fleet.
    private func whole() async throws -> Data {
      let path = folder.file("whole.json")
      let outcome = try await Swiftlet.run(["run", "--quiet", "--out", path] + Self.fleet)
      #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
      return try content("whole.json")
    }

    private func content(_ name: String) throws -> Data {
      try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
    }

    /// The numbers of the jobs for shards and merge, once they are submitted.
    private func jobs(_ submit: ChildProcess) async throws -> (shards: String, merge: String) {
      var found: (String, String)?
      try await wait(for: "the jobs' numbers") {
        found = try submit.output.firstMatch(of: /jobs +(\d+) for the shards, then (\d+)/)
          .map { (String($0.1), String($0.2)) }
        if found == nil, !submit.isRunning { throw Failure("submit: \(try submit.errors)") }
        return found != nil
      }
      return found ?? ("", "")
    }

    /// Runs a shell's line in the folder, on the cluster.
    private func shell(_ line: String) async throws -> String {
      let outcome = try await cluster.start("/bin/sh", ["-c", line], in: folder).outcome()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      return outcome.output
    }

    /// Waits until the queue shows what it should of a job and its parts.
    private func waitForQueue(
      _ job: String, _ format: String, until condition: ([Substring]) -> Bool
    ) async throws {
      var lines: [Substring] = []
      for _ in 0..<300 {
        lines = try await cluster.queue(job: job, format: format)
        if condition(lines) { return }
        try await Task.sleep(for: .milliseconds(200))
      }
      throw Failure("the queue shows \(lines) of job \(job)")
    }

    @Test("An array of shards and its merge give the bytes of one process, on loopback alone")
    func bytes() async throws {
      let outcome = try await cluster.submit(
        Self.fleet + ["--shards", "4", "--workdir", "it's a job", "--go", "--wait"], in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("again        swiftlet run default --devices 9"))
      #expect(try await content("it's a job/result.json") == whole())
      let array = try #require(outcome.output.firstMatch(of: /jobs +(\d+)/)).1
      let nodes = try await cluster.queue(job: String(array), format: "%N")
      #expect(nodes.count == 4 && Set(nodes).count > 1, "\(nodes)")
      let places = try cluster.listeningPlaces()
      for port in cluster.ports { #expect(places.contains("tcp 127.0.0.1:\(port)")) }
      #expect(places.allSatisfy { $0.contains(" 127.0.0.1:") }, "\(places)")
      let tooMany = "\(SlurmCluster.arraySizeMaximum + 1)"
      let refused = try await cluster.submit(
        ["--shards", tooMany, "--workdir", "large"], in: folder)
      #expect(refused.exitCode == 65 && refused.saysOnly("MaxArraySize"), "\(refused.errors)")
    }

    @Test("A shard whose scenario is wrong is not tried again, and nothing is merged")
    func wrongScenario() async throws {
      try folder.write(#"{"name": "mine", "duration": "1h"}"#, to: "mine.json")
      // Keeps the shards waiting until the file has changed.
      let blocker = try await shell("sbatch --parsable --array=0-3 --wrap 'sleep 300'")
      let submit = try cluster.start(
        Swiftlet.path(),
        ["submit", "slurm", "mine.json", "--shards", "4", "--workdir", "job", "--go", "--wait"],
        in: folder)
      let jobs = try await jobs(submit)
      try folder.write(#"{"name": "mine", "length": "1h"}"#, to: "mine.json")
      _ = try await shell("scancel \(blocker)")
      let outcome = try await submit.outcome()
      #expect(outcome.exitCode == 65)
      #expect(outcome.errorLines.last?.contains("with exit code 65; see") == true)
      let log = try String(contentsOfFile: folder.file("job/logs/0.log"), encoding: .utf8)
      #expect(log.contains("length: is not known"))
      #expect(try await cluster.queue(job: jobs.shards, format: "%T").allSatisfy { $0 == "FAILED" })
      #expect(try await cluster.queue(job: jobs.merge, format: "%T") == ["CANCELLED"])
      #expect(!FileManager.default.fileExists(atPath: folder.file("job/result.json")))
    }

    @Test("A shard that could not write is started again, and then the merge goes on")
    func requeue() async throws {
      let written = try await cluster.submit(
        Self.fleet + ["--shards", "4", "--workdir", "job"], in: folder)
      #expect(written.exitCode == 0, "\(written.errors)")
      let obstacle = folder.file("job/shards/2.json")
      try FileManager.default.createDirectory(
        atPath: obstacle, withIntermediateDirectories: false)
      // The line that a user would copy.
      let line = try #require(written.output.firstMatch(of: /submit +(.+)/)).1
      let array = try #require(
        try await shell(line + #"; echo "array $id""#).split(separator: " ").last
      )
      .trimmingCharacters(in: .whitespacesAndNewlines)
      try await waitForQueue(array, "%i %T %r") { $0.contains("\(array)_2 PENDING BeginTime") }
      try FileManager.default.removeItem(atPath: obstacle)
      try await waitForQueue(array, "%T") {
        $0 == ["COMPLETED", "COMPLETED", "COMPLETED", "COMPLETED"]
      }
      try await wait(for: "the merge") {
        FileManager.default.fileExists(atPath: folder.file("job/result.json"))
      }
      #expect(try await content("job/result.json") == whole())
      let log = try String(contentsOfFile: folder.file("job/logs/2.log"), encoding: .utf8)
      #expect(log.contains("cannot be written"))
    }

    @Test("What somebody cancels stays cancelled; a gate that fails ends --wait with its code")
    func cancelled() async throws {
      let submit = try cluster.start(
        Swiftlet.path(),
        [
          "submit", "slurm", "swarm", "--seeds", "1..9999999", "--shards", "2", "--workdir", "long",
          "--go", "--wait",
        ], in: folder)
      let jobs = try await jobs(submit)
      try await waitForQueue(jobs.shards, "%T") { $0 == ["RUNNING", "RUNNING"] }
      // Long enough for the script to have come to the run itself.
      try await Task.sleep(for: .seconds(1))
      _ = try await shell("scancel \(jobs.shards)")
      let outcome = try await submit.outcome()
      #expect(outcome.exitCode == 1)
      #expect(outcome.errorLines.last?.contains("is cancelled") == true)
      try await Task.sleep(for: .seconds(1))
      #expect(
        try await cluster.queue(job: jobs.shards, format: "%T") == ["CANCELLED", "CANCELLED"])

      let gate = try await cluster.submit(
        Self.fleet + [
          "--shards", "3", "--workdir", "gate", "--fail-if", "messages.accepted>1", "--go",
          "--wait",
        ], in: folder)
      #expect(gate.exitCode == 1)
      #expect(gate.output.contains("FAILED       not messages.accepted>1"))
      #expect(FileManager.default.fileExists(atPath: folder.file("gate/result.json")))
    }
  }
}
