import Foundation
import Testing

extension IntegrationTests {
  /// `swiftlet run`, `merge`, `replay` and `report` as a user runs them.
  @Suite(.serialized) struct RunTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A small fleet with trouble, the same in all tests.
    private static let fleet = [
      "broker-restart", "--devices", "9", "--duration", "2h", "--seed", "11", "--quiet",
    ]

    private func out(_ name: String, _ arguments: [String]) async throws -> Data {
      let path = folder.file(name)
      let outcome = try await Swiftlet.run(["run"] + arguments + ["--out", path])
      #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
      return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    private func object(_ text: String) throws -> [String: Any] {
      try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("Without a scenario, devices publish, and the summary says so in JSON")
    func defaultScenario() async throws {
      let outcome = try await Swiftlet.run(
        "run", "--devices", "5", "--duration", "3h", "--seed", "1", "--quiet", "--format", "json")
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.errors.isEmpty)
      let summary = try object(outcome.output)
      #expect(summary["devices"] as? Int == 5)
      #expect(summary["simulatedSeconds"] as? Int == 10_800)
      #expect(summary["wallSeconds"] is Double)
      #expect((summary["digest"] as? String)?.count == 32)
      let messages = try #require(summary["messages"] as? [String: Int])
      let accepted = try #require(messages["accepted"])
      #expect((175...185).contains(accepted), "five devices, three hours, twelve an hour")
      #expect(messages["acknowledged"] == messages["accepted"])
      #expect(messages["lost"] == 0 && messages["duplicated"] != nil)
      let invariants = try #require(summary["invariants"] as? [String: Any])
      #expect((invariants["checked"] as? Int ?? 0) > 0 && invariants["broken"] as? Int == 0)
      for key in ["connects", "tokens", "energy"] { #expect(summary[key] is [String: Any]) }
      #expect(
        summary["reproduce"] as? String == "swiftlet run default --devices 5 --duration 3h --seed 1"
      )
    }

    @Test("The file is a function of scenario and seed: not of threads, nor of the hour")
    func determinism() async throws {
      let first = try await out("1.json", Self.fleet + ["--jobs", "1"])
      let second = try await out("2.json", Self.fleet + ["--jobs", "3"])
      #expect(first == second)
      let other = Self.fleet.map { $0 == "11" ? "12" : $0 }
      #expect(try await out("3.json", other) != first)
      let checked = try await Swiftlet.run(["run", "--check-determinism"] + Self.fleet)
      #expect(checked.exitCode == 0, "\(checked.errors)")
    }

    @Test("The last line of the summary gives the same digest again")
    func again() async throws {
      let first = try await Swiftlet.run(
        "run", "--devices", "3", "--duration", "2h", "--fault", "partition=0.5")
      #expect(first.exitCode == 0, "\(first.output)")
      #expect(first.errors.contains("the seed is"))
      let lines = first.output.split(separator: "\n")
      let words = try #require(lines.last).split(separator: " ").dropFirst(2).map(String.init)
      let second = try await Swiftlet.run(words)
      let digest = try #require(lines.first { $0.hasPrefix("digest") })
      #expect(second.output.contains(digest))
    }

    @Test("Any number of shards merges into the bytes of one process", arguments: [1, 2, 3, 7, 12])
    func shards(_ count: Int) async throws {
      let whole = try await out("whole.json", Self.fleet)
      for shard in 0..<count {
        _ = try await out("\(shard).json", Self.fleet + ["--shard", "\(shard)/\(count)"])
      }
      let files = (0..<count).reversed().map { folder.file("\($0).json") }
      let merged = folder.file("merged.json")
      let outcome = try await Swiftlet.run(["merge"] + files + ["--out", merged])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("again        swiftlet run broker-restart --devices 9"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: merged)) == whole)
    }

    @Test("Slurm and Kubernetes say which shard it is")
    func environment() async throws {
      let program = try Swiftlet.path()
      for variables in [
        ["SLURM_ARRAY_TASK_ID=6", "SLURM_ARRAY_TASK_MIN=5", "SLURM_ARRAY_TASK_COUNT=4"],
        ["JOB_COMPLETION_INDEX=1"],
      ] {
        let shards = variables.count == 1 ? ["--shards", "4"] : []
        let outcome = try await ChildProcess(
          "/usr/bin/env", variables + [program, "run", "--format", "json"] + Self.fleet + shards
        ).outcome()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(try object(outcome.output)["shard"] as? String == "1/4")
      }
      let wrong = try await ChildProcess(
        "/usr/bin/env", ["SLURM_ARRAY_TASK_ID=6", program, "run"] + Self.fleet
      ).outcome()
      #expect(wrong.exitCode == 65 && wrong.saysOnly("SLURM_ARRAY_TASK_ID"))
    }

    @Test("Gaps, duplicates and mixes are refused, with the names of the files")
    func refusals() async throws {
      for shard in 0..<3 {
        _ = try await out("\(shard).json", Self.fleet + ["--shard", "\(shard)/3"])
      }
      _ = try await out("other.json", Self.fleet + ["--shard", "1/3", "--no-faults"])
      let cut = try String(contentsOfFile: folder.file("1.json"), encoding: .utf8).dropLast(99)
      try folder.write(String(cut), to: "cut.json")
      let merged = folder.file("merged.json")
      for (names, says) in [
        (["0.json", "2.json"], "missing: 1/3"), (["0.json", "1.json", "1.json"], "so is"),
        (["0.json", "other.json", "2.json"], "other.json: has the scenario"),
        (["0.json", "cut.json", "2.json"], "cut.json:"), (["0.json", "gone.json"], "gone.json"),
      ] {
        let files = names.map { folder.file($0) }
        let outcome = try await Swiftlet.run(["merge"] + files + ["--out", merged])
        #expect(outcome.exitCode == 65, "\(names)")
        #expect(outcome.saysOnly(says), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: merged))
      }
    }

    @Test("Devices that share a cloud are not sharded")
    func coupled() async throws {
      let outcome = try await Swiftlet.run("run", "reconnect-storm", "--shard", "0/2")
      #expect(outcome.exitCode == 65)
      #expect(outcome.saysOnly("cannot be sharded"))
    }

    @Test("A gate that fails is exit code 1, and the result is written all the same")
    func gates() async throws {
      let path = folder.file("r.json")
      let outcome = try await Swiftlet.run(
        ["run"] + Self.fleet + [
          "--out", path, "--fail-if", "messages.accepted>1", "--fail-if", "tokens.signed>0",
          "--fail-if", "connects.p99>9h",
        ])
      #expect(outcome.exitCode == 1)
      #expect(outcome.saysOnly("messages.accepted>1 must not be true"))
      #expect(outcome.errors.contains("1 more"))
      #expect(outcome.output.contains("passed       not connects.p99>9h"))
      #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test("What takes too long ends with a partial summary, exit code 75 and no file")
    func timeLimit() async throws {
      let path = folder.file("r.json")
      let outcome = try await Swiftlet.run(
        "run", "swarm", "--seeds", "1..9999999", "--time-limit", "2s", "--quiet", "--out", path)
      #expect(outcome.exitCode == 75)
      #expect(outcome.output.hasPrefix("PARTIAL"))
      #expect(outcome.saysOnly("not written: \(path)"))
      #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("The progress is served for Prometheus while the run goes on")
    func metrics() async throws {
      let run = try Swiftlet.start([
        "run", "swarm", "--seeds", "1..9999999", "--metrics-listen", "0", "--time-limit", "1m",
      ])
      var address: Substring?
      for _ in 0..<100 where address == nil {
        try await Task.sleep(for: .milliseconds(100))
        address = try run.errors.split(separator: "\n").compactMap {
          $0.firstMatch(of: /metrics at (http:.*)$/)?.1
        }.first
      }
      let url = try #require(address.flatMap { URL(string: String($0)) })
      // What bash calls a file is a connection.
      let request = """
        exec 3<>/dev/tcp/127.0.0.1/\(try #require(url.port))
        printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3
        """
      var page = ""
      for _ in 0..<50 where !page.contains(/sim_events_total [1-9]/) {
        try await Task.sleep(for: .milliseconds(100))
        page = try await ChildProcess.run("/usr/bin/env", ["bash", "-c", request])
      }
      #expect(page.contains(/\nswiftlet_sim_events_total [1-9]/))
      #expect(page.contains(/\nswiftlet_sim_device_seconds_total [1-9]/))
      #expect(page.contains("# TYPE swiftlet_sim_device_seconds_planned gauge"))
      run.signal(SIGINT)
      #expect(try await run.outcome().exitCode == 75)
    }

    @Test("An interrupt ends a run in good order, with what was done")
    func interrupt() async throws {
      let run = try Swiftlet.start(["run", "swarm", "--seeds", "1..9999999", "--quiet"])
      try await Task.sleep(for: .seconds(2))
      run.signal(SIGINT)
      let outcome = try await run.outcome()
      #expect(outcome.exitCode == 75)
      #expect(outcome.output.hasPrefix("PARTIAL") && outcome.output.contains("again "))
    }

    @Test("A scenario of one's own runs; a mistake in it is named with its line")
    func ownScenario() async throws {
      let good = try folder.write(
        """
        {
          "name": "mine", "deviceCount": 2, "duration": "1h",
          "device": {"messagesPerHour": 60},
          "gates": ["messages.accepted>100"]
        }
        """, to: "mine.json")
      let outcome = try await Swiftlet.run("run", good, "--seed", "1", "--quiet")
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let text = try String(contentsOfFile: good, encoding: .utf8)
      for (old, new, says) in [
        ("60", "\"many\"", ":3: device.messagesPerHour: is the text \"many\""),
        ("duration", "length", ":2: length: is not known"), ("]", "", "is not JSON"),
        (
          "\"messagesPerHour\": 60", "\"energy\": {\"radio\": \"smoke\"}",
          "device.energy.radio: is \"smoke\"; there are"
        ),
      ] {
        let wrong = try folder.write(
          text.replacing(old, with: new, maxReplacements: 1), to: "wrong.json")
        let outcome = try await Swiftlet.run("run", wrong, "--seed", "1", "--quiet")
        #expect(outcome.exitCode == 65, "\(new)")
        #expect(outcome.saysOnly(says), "\(outcome.errors)")
      }
      let unknown = try await Swiftlet.run("run", "no-such-scenario")
      #expect(unknown.exitCode == 65 && unknown.saysOnly("reconnect-storm"))
    }

    @Test("A page needs no network and no script, from the run or from its file")
    func page() async throws {
      let (file, page, later) = (folder.file("r.json"), folder.file("p"), folder.file("l"))
      let run = try await Swiftlet.run(
        ["run", "jwt-wave", "--devices", "8", "--duration", "3h", "--seed", "2", "--quiet"]
          + ["--out", file, "--report", page])
      #expect(run.exitCode == 0, "\(run.output)")
      #expect(try await Swiftlet.run("report", file, "--out", later).exitCode == 0)
      let html = try String(contentsOfFile: page, encoding: .utf8)
      #expect(try String(contentsOfFile: later, encoding: .utf8) == html)
      #expect(!html.contains("<script") && !html.contains("http"))
      #expect(html.contains("no jitter") && html.contains("<polyline"))
      #expect(html.contains("swiftlet run jwt-wave --devices 8 --duration 3h --seed 2"))
    }

    @Test("A replay is a line for each event, the same every time, from options or a file")
    func replay() async throws {
      let arguments = ["replay", "broker-restart", "--devices", "9", "--duration", "2h"]
      let first = try await Swiftlet.run(arguments + ["--seed", "11", "--device", "4"])
      #expect(first.exitCode == 0, "\(first.errors)")
      #expect(first.output.split(separator: "\n").count > 20)
      _ = try await out("r.json", Self.fleet)
      let second = try await Swiftlet.run(
        "replay", folder.file("r.json"), "--seed", "11", "--device", "4")
      #expect(second.output == first.output)
      let none = try await Swiftlet.run("replay", folder.file("r.json"))
      #expect(none.exitCode == 65 && none.saysOnly("has no breach"))
      let beyond = try await Swiftlet.run(arguments + ["--seed", "11", "--device", "9"])
      #expect(beyond.exitCode == 65 && beyond.saysOnly("0 to 8"))
    }

    @Test("Every scenario inside the program is listed, and the schema is JSON")
    func lists() async throws {
      let list = try await Swiftlet.run("run", "--list")
      for name in [
        "reconnect-storm", "jwt-wave", "broker-restart", "clock-lost", "flash-wear", "power-cuts",
        "five-years-on-two-aa", "swarm",
      ] { #expect(list.output.contains("\n\(name) ")) }
      let schema = try await Swiftlet.run("run", "--schema")
      #expect(try object(schema.output)["properties"] is [String: Any])
    }
  }
}
