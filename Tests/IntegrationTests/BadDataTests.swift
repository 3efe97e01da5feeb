import Foundation
import Testing

extension IntegrationTests {
  /// Files that are not what they should be: exit code 65 and one line that names the file.
  @Suite(.serialized) struct BadDataTests {
    private let folder: TemporaryFolder
    private let identities: String

    init() async throws {
      folder = try TemporaryFolder()
      identities = folder.file("fleet")
      try await Swiftlet.provision(3, in: identities)
    }

    @Test("A private key that was cut off is named")
    func corruptKey() async throws {
      let path = identities + "/devices/device-1/private-key.der"
      let key = try Data(contentsOf: URL(fileURLWithPath: path))
      try key.prefix(20).write(to: URL(fileURLWithPath: path))
      try await expectComplaint(about: path)
    }

    @Test("A private key that is missing is named")
    func missingKey() async throws {
      let path = identities + "/devices/device-2/private-key.der"
      try FileManager.default.removeItem(atPath: path)
      try await expectComplaint(about: path)
    }

    @Test("A public key that belongs to another private key is named")
    func foreignPublicKey() async throws {
      let path = identities + "/devices/device-0/public-key.pem"
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.copyItem(
        atPath: identities + "/devices/device-1/public-key.pem", toPath: path)
      try await expectComplaint(about: path)
    }

    @Test("A description of the fleet that is no JSON is named")
    func corruptDescription() async throws {
      let path = identities + "/swiftlet.json"
      try #"{"project": 1"#.write(toFile: path, atomically: true, encoding: .utf8)
      try await expectComplaint(about: path)
      let cloud = try await Swiftlet.run("cloud", "--identities", identities, "--port", "0")
      #expect(cloud.exitCode == 65)
      #expect(cloud.saysOnly(path))
    }

    @Test("A registry that is no JSON is named")
    func corruptRegistry() async throws {
      let path = identities + "/registry.json"
      try "[]".write(toFile: path, atomically: true, encoding: .utf8)
      let cloud = try await Swiftlet.run("cloud", "--identities", identities, "--port", "0")
      #expect(cloud.exitCode == 65)
      #expect(cloud.saysOnly(path))
    }

    @Test("A folder that is not there is named")
    func missingFolder() async throws {
      let path = folder.file("nowhere")
      let outcome = try await Swiftlet.run("live", "--identities", path, "--quiet")
      #expect(outcome.exitCode == 65)
      #expect(outcome.saysOnly(path))
      #expect(outcome.errors.contains("swiftlet provision"))
    }

    @Test("A folder with too few identities is named")
    func tooFewIdentities() async throws {
      try await expectComplaint(about: identities, "--devices", "4")
    }

    @Test("Roots that are missing, no PEM, or no certificates are named")
    func badRoots() async throws {
      let broker = ["--broker", "mqtts://localhost:1"]
      try await expectComplaint(about: identities + "/roots.pem", broker)
      try await expectComplaint(
        about: folder.file("none.pem"), broker + ["--ca", folder.file("none.pem")])
      let text = try folder.write("no certificate\n", to: "text.pem")
      try await expectComplaint(about: text, broker + ["--ca", text])
      let broken = try folder.write(
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", to: "broken.pem")
      try await expectComplaint(about: broken, broker + ["--ca", broken])
    }

    private func expectComplaint(about path: String, _ more: String...) async throws {
      try await expectComplaint(about: path, more)
    }

    private func expectComplaint(
      about path: String, _ more: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let outcome = try await Swiftlet.run(
        ["live", "--quiet", "--duration", "1s", "--identities", identities] + more)
      #expect(outcome.exitCode == 65, sourceLocation: sourceLocation)
      #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
      #expect(outcome.saysOnly(path), "\(outcome.errors)", sourceLocation: sourceLocation)
    }
  }
}
