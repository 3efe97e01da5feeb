import Foundation
import Testing

extension IntegrationTests {
  /// `swiftlet energy` as a user runs it.
  @Suite(.serialized) struct EnergyTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("JSON has a row a policy, with every cause and a life")
    func json() async throws {
      let outcome = try await Swiftlet.run("energy", "--format", "json")
      #expect(outcome.exitCode == 0)
      #expect(outcome.errors.isEmpty)
      let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let rows = try #require((object as? [String: Any])?["rows"] as? [[String: Any]])
      #expect(rows.count >= 20)
      let totals = try rows.map { row in
        try #require((row["millijoulesPerHour"] as? [String: Double])?["total"])
      }
      #expect(totals == totals.sorted())
      #expect(Set(rows.compactMap { $0["auth"] as? String }).count == 4)
    }

    @Test("The line under the table computes the same again, from another folder too")
    func again() async throws {
      let first = try await Swiftlet.run(
        "energy", "--traffic", "threshold", "--interval", "10m", "--seed", "7", "--auth", "mtls",
        "--keep-alive", "5m", "--radio", "ble-gateway", "--battery", "cr2032")
      #expect(first.exitCode == 0)
      let last = try #require(first.output.split(separator: "\n").last)
      let words = last.split(separator: " ").dropFirst(2).map(String.init)
      let second = try await Swiftlet.run(words)
      #expect(second.output == first.output)
    }

    @Test("The anchors of the nRF9160 thesis come out on the command line")
    func thesis() async throws {
      let outcome = try await Swiftlet.run(
        "energy", "--core", "nrf9160", "--radio", "nb-iot-rai", "--sensor", "payload-536",
        "--battery", "reference-300mah", "--qos", "0", "--keep-alive", "none", "--time-sync",
        "none", "--policy", "mtls-kept", "--policy", "es256-1h-full", "--setting", "-O2",
        "--format", "json")
      let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let rows = try #require((object as? [String: Any])?["rows"] as? [[String: Any]])
      let lives = rows.compactMap { ($0["lifeDays"] as? [String: Double])?["low"] }
      try #require(lives.count == 2)
      #expect(abs(lives[0] / 772.15 - 1) < 0.05 && abs(lives[1] / 165.3 - 1) < 0.05, "\(lives)")
    }

    @Test("A page is written that needs nothing else")
    func page() async throws {
      let path = folder.file("page.html")
      let outcome = try await Swiftlet.run("energy", "--battery", "cr2032", "--report", path)
      #expect(outcome.exitCode == 0)
      let page = try String(contentsOfFile: path, encoding: .utf8)
      #expect(page.hasPrefix("<!doctype html>") && page.contains("<svg"))
      #expect(!page.contains("<script"))
      #expect(page.contains("pulses of at most 15 mA"))
      let lost = try await Swiftlet.run("energy", "--report", folder.file("no/such/page.html"))
      #expect(lost.exitCode == 75)
      #expect(lost.errors.contains("page.html"))
    }

    @Test("A profile of one's own does in place of a name; a fault names file and key")
    func ownProfile() async throws {
      let core = """
        {"kind": "core", "id": "mine", "name": "Mine", "supply": "linear",
         "instructionsOf": "cortex-m3", "figures": {
          "frequencyMegahertz": {"value": 48, "standing": "measured", "source": "me"},
          "activeMilliamperes": {"value": 9, "standing": "measured", "source": "me"},
          "sleepMicroamperes": {"value": 2, "standing": "measured", "source": "me"},
          "supplyVolts": {"value": 3, "standing": "measured", "source": "me"},
          "minimumVolts": {"value": 1.8, "standing": "measured", "source": "me"}}}
        """
      let path = try folder.write(core, to: "core.json")
      let outcome = try await Swiftlet.run("energy", "--core", path, "--auth", "mtls")
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("Mine | "))
      try folder.write(core.replacing("\"value\": 9", with: "\"value\": \"9\""), to: "core.json")
      for arguments in [["--core", path], ["--profiles", folder.path]] {
        let failure = try await Swiftlet.run(["energy"] + arguments)
        #expect(failure.exitCode == 65)
        #expect(failure.output.isEmpty)
        #expect(failure.errors.contains("core.json:4: mine.figures.activeMilliamperes.value"))
      }
    }

    @Test("Runs of the firmware become the cost table, and times in states become charge")
    func imports() async throws {
      let counts = [
        "es256Sign": 9_000_000, "rs256Sign": 40_000_000, "fullHandshakeRSAChain": 30_000_000,
        "fullHandshakeECChain": 80_000_000, "fullHandshakeClientCertificate": 36_000_000,
        "resumedHandshake": 400_000, "hmacSHA256": 15_000, "tokenRefresh": 9_500_000,
        "publish": 33_000, "es256Verify": 800_000,
      ]
      let run = try JSONSerialization.data(
        withJSONObject: ["board": "lm3s6965evb", "instructions": counts])
      let path = try folder.write(String(decoding: run, as: UTF8.self), to: "run.json")
      let table = try await Swiftlet.run("energy", "--import-costs", path)
      #expect(table.exitCode == 0)
      let costs = try folder.write(table.output, to: "costs.json")
      let priced = try await Swiftlet.run(
        "energy", "--core", "stm32l152", "--costs", costs, "--format", "json")
      #expect(priced.exitCode == 0, "\(priced.errors)")
      let times = try folder.write("0106ac020100000000\n", to: "times.txt")
      let charge = try await Swiftlet.run("energy", "--times", times)
      #expect(charge.exitCode == 0)
      #expect(charge.output.contains("sleep") && charge.output.contains("mJ/h"))
    }

    @Test("Bad data is exit code 65 and a line that names the file")
    func badData() async throws {
      let bad = try folder.write("{\"board\": \"pdp-11\"}", to: "bad.json")
      for arguments in [
        ["--core", bad], ["--costs", bad], ["--import-costs", bad], ["--times", bad],
        ["--profiles", folder.file("none")], ["--battery", folder.file("none.json")],
      ] {
        let outcome = try await Swiftlet.run(["energy"] + arguments)
        #expect(outcome.exitCode == 65, "\(arguments)")
        #expect(outcome.errors.contains(arguments[1]), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
      }
    }

    @Test("The schema is printed and the profiles are listed")
    func others() async throws {
      let schema = try await Swiftlet.run("energy", "--schema")
      #expect(schema.exitCode == 0)
      #expect(try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) is [String: Any])
      let list = try await Swiftlet.run("energy", "--list")
      for word in ["nrf52840", "ble-gateway", "cr2032", "es256-1h-full", "cortex-m0plus -O2"] {
        #expect(list.output.contains(word))
      }
    }
  }
}
