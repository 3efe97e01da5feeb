import ArgumentParser
import Foundation
import Provisioning

/// `swiftlet provision`: makes device identities, and from them what goes into flash.
struct Provision: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes device identities, and the images that carry them to a board.",
    subcommands: [ProvisionFleet.self, ProvisionImage.self, ProvisionShow.self],
    defaultSubcommand: ProvisionFleet.self)

  /// Names such as `device-0007`, all of the same length.
  static func names(count: Int, prefix: String) -> [String] {
    let width = String(count - 1).count
    return (0..<count).map { index in
      let digits = String(index)
      return prefix + String(repeating: "0", count: width - digits.count) + digits
    }
  }
}

/// `swiftlet provision FOLDER`, or `swiftlet provision identities FOLDER`: makes device identities.
struct ProvisionFleet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identities",
    abstract: "Makes a folder of device identities: private keys, public keys, registry entries.",
    discussion: """
      The folder holds devices/ID/private-key.der (readable by its owner alone), \
      devices/ID/public-key.pem, registry.json for the cloud, and swiftlet.json, which says what \
      the fleet is called. An existing folder is never overwritten.
      """)

  @Argument(help: "The folder to make.")
  var folder: String
  @Option(name: .shortAndLong, help: "The number of devices, 1 to 100000.")
  var devices = 1
  @Option(help: "How the devices sign: jwt-es256 or jwt-rs256.")
  var auth: Authentication = .jwtES256
  @Option(help: "The project's name, which is the tokens' audience.")
  var project = "swiftlet"
  @Option(help: "The cloud's region.")
  var region = "loopback"
  @Option(help: "The registry's name.")
  var registry = "fleet"
  @Option(help: "What the devices' names begin with.")
  var prefix = "device-"
  @Option(help: "A PEM file with the root certificates to trust, copied to roots.pem.")
  var ca: String?

  func validate() throws {
    guard (1...100_000).contains(devices) else {
      throw ValidationError("--devices takes a number from 1 to 100000.")
    }
    guard !folder.isEmpty else { throw ValidationError("The folder needs a name.") }
    // All names are of the same length and differ in digits alone.
    guard
      Provision.names(count: devices, prefix: prefix).prefix(1).allSatisfy(DeviceIdentity.isValid)
    else {
      throw ValidationError(
        "--prefix takes letters, digits and -._~+%, a letter first; with the number, a name has "
          + "3 to 255 of them.")
    }
  }

  func run() async throws {
    let roots = try ca.map { try readRoots($0) }
    let identityFolder = IdentityFolder(path: folder)
    // Said now, not after minutes of making keys.
    guard !FileManager.default.fileExists(atPath: identityFolder.fleetPath) else {
      throw CommandFailure.data(
        "\(IdentityFolderError(path: identityFolder.fleetPath, problem: .exists))")
    }
    let ids = Provision.names(count: devices, prefix: prefix)
    say("swiftlet: making \(devices) \(auth.algorithm.rawValue) keys")
    let identities = try await DeviceIdentity.generate(ids: ids, algorithm: auth.algorithm)
    let fleet = FleetDescription(
      project: project, region: region, registry: registry, algorithm: auth.algorithm,
      devices: ids)
    do {
      try identityFolder.write(fleet, identities: identities, rootsPEM: roots)
    } catch {
      throw CommandFailure.data("\(error)")
    }
    print("\(devices) devices in \(folder); public keys for the cloud in \(folder)/registry.json")
  }
}

/// Reads a PEM file with at least one certificate, or explains why it cannot be used.
func readRoots(_ path: String) throws(CommandFailure) -> String {
  guard FileManager.default.fileExists(atPath: path) else {
    throw .data("\(path): there is no such file; it should hold the roots to trust, in PEM")
  }
  guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
    throw .data("\(path): cannot be read as text; it should hold the roots to trust, in PEM")
  }
  guard !RootBundle.certificates(inPEM: text).isEmpty else {
    throw .data("\(path): holds no certificate in PEM, so no broker could be trusted")
  }
  return text
}
