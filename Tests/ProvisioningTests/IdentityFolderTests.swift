import Foundation
import Provisioning
import Testing

@Suite struct IdentityFolderTests {
  private let temporary: TemporaryFolder
  private let folder: IdentityFolder
  private let fleet = FleetDescription(
    project: "p", region: "europe-west1", registry: "r", algorithm: .es256,
    devices: ["device-1", "device-2"])
  private let identities: [DeviceIdentity]

  init() throws {
    temporary = try TemporaryFolder()
    folder = IdentityFolder(path: temporary.path + "/fleet")
    identities = try fleet.devices.map { try .generate(id: $0, algorithm: .es256) }
    try folder.write(fleet, identities: identities, rootsPEM: "-----BEGIN CERTIFICATE-----\n")
  }

  @Test func readsWhatItWrote() throws {
    #expect(try folder.readFleet() == fleet)
    #expect(try folder.readRegistry() == identities.map { RegistryDevice($0) })
    #expect(try folder.readRootsPEM().hasPrefix("-----BEGIN"))
    let read = try folder.readIdentities()
    #expect(read.map(\.id) == fleet.devices)
    #expect(read.map(\.privateKeyDER) == identities.map(\.privateKeyDER))
    #expect(
      fleet.clientID(of: "device-1")
        == "projects/p/locations/europe-west1/registries/r/devices/device-1")
  }

  @Test func rs256FolderIsReadToo() throws {
    let identity = try DeviceIdentity.generate(id: "rsa-device", algorithm: .rs256)
    let folder = IdentityFolder(path: temporary.path + "/rsa")
    var fleet = fleet
    fleet.algorithm = .rs256
    fleet.devices = [identity.id]
    try folder.write(fleet, identities: [identity])
    #expect(try folder.readIdentities()[0].publicKeyPEM == identity.publicKeyPEM)
    #expect(try folder.readRegistry()[0].credentials[0].publicKey.format == "RSA_PEM")
  }

  @Test func privateKeysAreReadableByTheOwnerAlone() throws {
    let attributes = try FileManager.default.attributesOfItem(
      atPath: folder.privateKeyPath(of: "device-1"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func aFolderIsNeverOverwritten() throws {
    expectProblem(.exists, at: folder.fleetPath) {
      try folder.write(fleet, identities: identities)
    }
    try FileManager.default.removeItem(atPath: folder.fleetPath)
    expectProblem(.exists, at: folder.privateKeyPath(of: "device-1")) {
      try folder.write(fleet, identities: identities)
    }
  }

  @Test func missingFileIsNamed() throws {
    try FileManager.default.removeItem(atPath: folder.publicKeyPath(of: "device-2"))
    expectProblem(.missing, at: folder.publicKeyPath(of: "device-2")) {
      try folder.readIdentities()
    }
    expectProblem(.missing, at: temporary.path + "/nowhere/swiftlet.json") {
      try IdentityFolder(path: temporary.path + "/nowhere").readFleet()
    }
  }

  @Test func keyOfTheWrongKind() throws {
    let path = folder.privateKeyPath(of: "device-1")
    let other = try DeviceIdentity.generate(id: "device-1", algorithm: .rs256)
    try Data(other.privateKeyDER).write(to: URL(fileURLWithPath: path))
    expectProblem(
      .wrongKind(
        found: "a key for RS256", expected: "one for ES256, as \(folder.fleetPath) says"),
      at: path
    ) { try folder.readIdentities() }
  }

  @Test func keyInPEMIsExplained() throws {
    let path = folder.privateKeyPath(of: "device-1")
    try Data("-----BEGIN PRIVATE KEY-----".utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: IdentityFolderError.self) { try folder.readIdentities() }
    #expect(error?.description.contains("openssl pkcs8") == true)
  }

  @Test func truncatedKeyIsMalformed() throws {
    let path = folder.privateKeyPath(of: "device-1")
    try Data(identities[0].privateKeyDER.dropLast()).write(to: URL(fileURLWithPath: path))
    expectProblem(
      .malformed(expected: "a P-256 or RSA (2048 bits or more) private key in DER"), at: path
    ) { try folder.readIdentities() }
  }

  @Test func keysOfTwoDevicesAreNotMixed() throws {
    let path = folder.publicKeyPath(of: "device-1")
    try Data(identities[1].publicKeyPEM.utf8).write(to: URL(fileURLWithPath: path))
    expectProblem(
      .malformed(expected: "the public key of private-key.der beside it, in PEM"), at: path
    ) { try folder.readIdentities() }
  }

  @Test(arguments: [
    (#"{"project": "p"}"#, "'region' is missing"),
    ("[]", "project, region, registry"),
    ("{", "project, region, registry"),
    (
      #"{"project":"p","region":"l","registry":"r","algorithm":"HS256","devices":[]}"#,
      "at algorithm"
    ),
    (
      #"{"project":"p","region":"l","registry":"r","algorithm":"ES256","devices":["../x"]}"#,
      "'../x'"
    ),
  ])
  func malformedFleetIsExplained(text: String, hint: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.fleetPath))
    let error = #expect(throws: IdentityFolderError.self) { try folder.readFleet() }
    #expect(error?.path == folder.fleetPath)
    #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
  }

  @Test func registryWithAnUnknownFormat() throws {
    let text = try String(contentsOfFile: folder.registryPath, encoding: .utf8)
    try Data(text.replacing("ES256_PEM", with: "RSA_X509_PEM").utf8)
      .write(to: URL(fileURLWithPath: folder.registryPath))
    expectProblem(
      .wrongKind(
        found: "naming a key format 'RSA_X509_PEM' for device-1",
        expected: "ES256_PEM or RSA_PEM"),
      at: folder.registryPath
    ) { try folder.readRegistry() }
  }

  private func expectProblem(
    _ problem: IdentityFolderError.Problem, at path: String, body: () throws -> Any
  ) {
    let error = #expect(throws: IdentityFolderError.self) { _ = try body() }
    #expect(error == IdentityFolderError(path: path, problem: problem))
  }
}
