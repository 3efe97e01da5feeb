import Foundation
import Testing

extension IntegrationTests {
  /// What `swiftlet submit` writes, done by hand as the engines would do it.
  @Suite(.serialized) struct SubmitTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let fleet = [
      "default", "--devices", "5", "--duration", "3h", "--fault", "partition=0.5", "--seed", "3",
    ]

    private func content(_ path: String) throws -> Data {
      try Data(contentsOf: URL(fileURLWithPath: path))
    }

    /// What one process writes for a fleet.
    private func whole(_ fleet: [String]) async throws -> Data {
      let path = folder.file("whole.json")
      let outcome = try await Swiftlet.run(["run", "--quiet", "--out", path] + fleet)
      #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
      return try content(path)
    }

    /// Runs a program with more in its environment.
    private func run(
      _ path: String, _ arguments: [String], _ variables: [String] = []
    ) async throws {
      let outcome = try await ChildProcess("/usr/bin/env", variables + [path] + arguments).outcome()
      #expect(outcome.exitCode == 0, "\(arguments): \(outcome.output)\(outcome.errors)")
    }

    @Test("The scripts for Slurm hold for names that a shell reads in its own way")
    func scripts() async throws {
      let job = folder.file("it's $HOME; `a` job & *")
      let outcome = try await Swiftlet.run(
        ["submit", "slurm", "--shards", "3", "--workdir", job, "--time", "90s", "--memory", "300"]
          + Self.fleet)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let shard = try String(contentsOfFile: job + "/shard.sh", encoding: .utf8)
      for line in ["array=0-2", "time=1:30", "mem=300M", "cpus-per-task=1", "requeue"] {
        #expect(shard.contains("\n#SBATCH --\(line)\n"), "\(line)")
      }
      for index in 0..<3 {
        try await run(
          "/bin/sh", [job + "/shard.sh"],
          // As Slurm has it where shards are run again one by one.
          [
            "SLURM_ARRAY_TASK_ID=\(index)", "SLURM_ARRAY_TASK_MIN=\(index)",
            "SLURM_ARRAY_TASK_COUNT=1",
          ])
      }
      try await run("/bin/sh", [job + "/merge.sh"])
      #expect(try await content(job + "/result.json") == whole(Self.fleet))
    }

    @Test(
      "Only a shard that still runs is started again, and only so often",
      arguments: [("RUNNING", 0, true), ("RUNNING", 3, false), ("COMPLETING", 0, false)])
    func restarts(state: String, restarts: Int, isRestarted: Bool) async throws {
      let job = folder.file("job")
      let outcome = try await Swiftlet.run(
        ["submit", "slurm", "--shards", "3", "--workdir", job] + Self.fleet)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      try FileManager.default.createDirectory(
        atPath: job + "/shards/1.json", withIntermediateDirectories: false)
      // Slurm's programs as far as the script asks them: a cancelled job ends at any moment.
      let asked = folder.file("asked")
      for (name, line) in [("squeue", "echo \(state)"), ("scontrol", "echo $* >\(asked)")] {
        let path = try folder.write("#!/bin/sh\n\(line)\n", to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
      }
      let shard = try await ChildProcess(
        "/usr/bin/env",
        [
          "PATH=\(folder.path):/usr/bin:/bin", "SLURM_ARRAY_TASK_ID=1", "SLURM_ARRAY_TASK_MIN=0",
          "SLURM_ARRAY_TASK_COUNT=3", "SLURM_JOB_ID=17", "SLURM_RESTART_COUNT=\(restarts)",
          "/bin/sh", job + "/shard.sh",
        ]
      ).outcome()
      #expect(shard.exitCode == 75, "\(shard.errors)")
      let line = try? String(contentsOfFile: asked, encoding: .utf8)
      #expect(line == (isRestarted ? "requeue 17\n" : nil))
    }

    @Test(
      "What cannot work is refused before anything is written",
      arguments: [
        (["--shards", "2", "--workdir", "a\nb"], 65, "control characters"),
        (["--shards", "2", "--workdir", "50 %"], 65, "which Slurm reads"),
        (["--shards", "2", "--workdir", "say \"x\""], 65, "which Slurm reads"),
        (["--shards", "26"], 65, "has 25 devices"),
        (["reconnect-storm", "--shards", "2"], 65, "cannot be sharded"),
        (["--shards", "0"], 64, "1 to 100000"), (["--shards", "2", "--wait"], 64, "--go"),
        (["--shards", "2", "--partition", "a b"], 64, "--partition"),
        (["--shards", "2", "--name", "A"], 64, "--name"),
      ])
    func refusals(arguments: [String], code: Int32, says: String) async throws {
      let process = try ChildProcess(
        "/usr/bin/env",
        ["--chdir=\(folder.path)", Swiftlet.path(), "submit", "slurm"] + arguments)
      let outcome = try await process.outcome()
      #expect(outcome.exitCode == code)
      #expect(outcome.errors.contains(says), "\(outcome.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test("A submission has a folder of its own")
    func occupied() async throws {
      try folder.write("", to: "mine.txt")
      let outcome = try await Swiftlet.run(
        "submit", "slurm", "--shards", "2", "--workdir", folder.path)
      #expect(outcome.exitCode == 65 && outcome.saysOnly("not empty"))
    }

    @Test("Shards that are too short for a queue are warned of")
    func tooShort() async throws {
      let outcome = try await Swiftlet.run(
        ["submit", "slurm", "--shards", "2", "--workdir", folder.file("job")] + Self.fleet)
      #expect(outcome.exitCode == 0)
      #expect(outcome.saysOnly("one process would do"), "\(outcome.errors)")
    }

    @Test("Kubernetes' jobs have the fields that it documents, and their words merge to one result")
    func kubernetes() async throws {
      let scenario = folder.file("mine.json")
      try folder.write(#"{"name": "mine", "deviceCount": 4, "duration": "3h"}"#, to: "mine.json")
      for fleet in [Self.fleet, [scenario, "--seed", "3"]] {
        let job = folder.file("job-\(fleet.count)")
        let outcome = try await Swiftlet.run(
          [
            "submit", "k8s", "--shards", "3", "--parallelism", "2", "--image", "swiftlet:1",
            "--pvc", "data", "--namespace", "lab", "--workdir", job,
          ] + fleet)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let shards = try KubernetesList(content(job + "/shards.json"))
        let merge = try KubernetesList(content(job + "/merge.json"))
        try check(shards: shards, merge: merge)
        #expect(shards.items.count == (fleet == Self.fleet ? 1 : 2))
        let text = shards.items.first { $0.kind == "ConfigMap" }?.data?["scenario.json"]
        #expect(
          try text
            == (fleet == Self.fleet ? nil : String(contentsOfFile: scenario, encoding: .utf8)))

        // What a pod sees as its folders.
        let result = folder.file("volume-\(fleet.count)")
        try FileManager.default.createDirectory(
          atPath: result, withIntermediateDirectories: false)
        func words(_ list: KubernetesList, _ index: Int = 0) throws -> [String] {
          try #require(list.job?.spec?.template.spec.containers.first).args.map {
            $0.replacing("$(JOB_COMPLETION_INDEX)", with: "\(index)")
              .replacing("/etc/swiftlet/scenario.json", with: scenario)
              .replacing("/swiftlet/", with: result + "/")
          }
        }
        for index in 0..<3 {
          try await run(
            Swiftlet.path(), words(shards, index), ["JOB_COMPLETION_INDEX=\(index)"])
        }
        try await run(Swiftlet.path(), words(merge))
        #expect(try await content(result + "/result.json") == whole(fleet))
      }
    }

    /// The fields by which a cluster knows what to do.
    private func check(shards: KubernetesList, merge: KubernetesList) throws {
      let job = try #require(shards.job)
      let spec = try #require(job.spec)
      #expect(job.apiVersion == "batch/v1" && job.metadata.namespace == "lab")
      #expect(spec.completionMode == "Indexed" && spec.completions == 3 && spec.parallelism == 2)
      #expect(spec.backoffLimitPerIndex == 3 && spec.maxFailedIndexes == 0)
      let rules = spec.podFailurePolicy.rules
      #expect(rules.map(\.action) == ["FailIndex", "Ignore"])
      #expect(rules[0].onExitCodes?.operator == "In")
      #expect(rules[0].onExitCodes?.values == [1, 64, 65, 70], "sorted, and not 75")
      #expect(rules[1].onPodConditions?.map(\.type) == ["DisruptionTarget"])
      let pod = spec.template.spec
      let container = try #require(pod.containers.first)
      #expect(pod.restartPolicy == "Never" && container.image == "swiftlet:1")
      #expect(rules[0].onExitCodes?.containerName == container.name)
      #expect(container.command == ["swiftlet"])
      #expect(container.resources.requests["cpu"] == "1")
      #expect(container.resources.limits["memory"] == container.resources.requests["memory"])
      // Every mount has its volume, and shards and merge have the same one.
      let merging = try #require(merge.job?.spec?.template.spec)
      #expect(container.volumeMounts.map(\.name) == pod.volumes.map(\.name))
      #expect(merging.containers[0].volumeMounts[0] == container.volumeMounts[0])
      #expect(pod.volumes[0].persistentVolumeClaim?.claimName == "data")
      #expect(merge.job?.spec?.podFailurePolicy.rules[0].action == "FailJob")
    }
  }
}
