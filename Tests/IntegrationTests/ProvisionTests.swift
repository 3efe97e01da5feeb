import Foundation
import Testing

extension IntegrationTests {
  /// `swiftlet provision`.
  @Suite(.serialized) struct ProvisionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("Private keys are readable by their owner alone", arguments: ["jwt-es256", "jwt-rs256"])
    func modes(auth: String) async throws {
      let fleet = folder.file("fleet")
      let outcome = try await Swiftlet.run(
        "provision", fleet, "--devices", "12", "--auth", auth, "--prefix", "meter-")
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      for number in ["00", "07", "11"] {
        let path = "\(fleet)/devices/meter-\(number)/private-key.der"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      }
    }

    @Test("OpenSSL reads the keys", .enabled(if: Peers.areInstalled(Peers.openssl)))
    func keys() async throws {
      let fleet = folder.file("fleet")
      try await Swiftlet.provision(1, in: fleet)
      let device = fleet + "/devices/device-0"
      let publicKey = try await ChildProcess.run(
        Peers.openssl,
        ["pkey", "-inform", "DER", "-in", device + "/private-key.der", "-pubout"])
      let written = try String(contentsOfFile: device + "/public-key.pem", encoding: .utf8)
      #expect(publicKey.split(separator: "\n") == written.split(separator: "\n"))
    }

    @Test("A fleet that is there is never overwritten")
    func existing() async throws {
      let fleet = folder.file("fleet")
      try await Swiftlet.provision(2, in: fleet)
      let before = try contents(of: fleet)
      let outcome = try await Swiftlet.run(
        "provision", fleet, "--devices", "100000", "--auth", "jwt-rs256")
      #expect(outcome.exitCode == 65)
      #expect(outcome.saysOnly(fleet + "/swiftlet.json"), "\(outcome.errors)")
      #expect(try contents(of: fleet) == before)
    }

    @Test("Roots are copied, unless they are none")
    func roots() async throws {
      let fleet = folder.file("fleet")
      let text = try folder.write("no certificate\n", to: "text.pem")
      let refused = try await Swiftlet.run("provision", fleet, "--ca", text)
      #expect(refused.exitCode == 65)
      #expect(refused.saysOnly(text), "\(refused.errors)")
      #expect(!FileManager.default.fileExists(atPath: fleet))
      let maker = try await CertificateMaker()
      let original = try String(contentsOfFile: maker.rootPath, encoding: .utf8)
      let accepted = try await Swiftlet.run("provision", fleet, "--ca", maker.rootPath)
      #expect(accepted.exitCode == 0, "\(accepted.errors)")
      extendLifetime(maker)
      let copy = try String(contentsOfFile: fleet + "/roots.pem", encoding: .utf8)
      #expect(copy == original)
    }

    @Test("A folder that cannot be made is named in one line")
    func impossibleFolder() async throws {
      let path = try folder.write("", to: "file") + "/fleet"
      let outcome = try await Swiftlet.run("provision", path)
      #expect(outcome.exitCode == 65)
      #expect(outcome.errorLines.last?.contains(path) == true)
      #expect(!outcome.errors.contains("NSError") && !outcome.errors.contains("Domain="))
    }

    /// Every file below `folder` with its bytes.
    private func contents(of folder: String) throws -> [String: Data] {
      var contents: [String: Data] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
        contents[name] = FileManager.default.contents(atPath: folder + "/" + name)
      }
      return contents
    }
  }
}
