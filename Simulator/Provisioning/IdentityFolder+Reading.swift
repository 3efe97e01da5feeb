import Crypto
import CryptoExtras
import Foundation

extension IdentityFolder {
  /// Reads `swiftlet.json`.
  public func readFleet() throws(IdentityFolderError) -> FleetDescription {
    let fleet: FleetDescription = try readJSON(
      fleetPath,
      expected: "JSON with project, region, registry, algorithm (ES256 or RS256) and devices")
    for id in fleet.devices where !DeviceIdentity.isValid(id: id) {
      throw IdentityFolderError(
        path: fleetPath,
        problem: .malformed(
          expected: "without the device '\(id)': 3 to 255 letters, digits and -._~+%, letter first")
      )
    }
    return fleet
  }

  /// Reads `registry.json`.
  public func readRegistry() throws(IdentityFolderError) -> [RegistryDevice] {
    let file: RegistryFile = try readJSON(
      registryPath,
      expected: "JSON with devices, each with id and credentials (publicKey with format and key)")
    for device in file.devices {
      for credential in device.credentials
      where DeviceAlgorithm(registryFormat: credential.publicKey.format) == nil {
        throw IdentityFolderError(
          path: registryPath,
          problem: .wrongKind(
            found: "naming a key format '\(credential.publicKey.format)' for \(device.id)",
            expected: "ES256_PEM or RSA_PEM"))
      }
    }
    return file.devices
  }

  /// Reads `roots.pem`.
  public func readRootsPEM() throws(IdentityFolderError) -> String {
    let text = String(decoding: try read(rootsPath), as: UTF8.self)
    guard text.contains("-----BEGIN CERTIFICATE-----") else {
      throw IdentityFolderError(
        path: rootsPath, problem: .malformed(expected: "certificates in PEM"))
    }
    return text
  }

  /// Reads every identity that `swiftlet.json` lists, in its order.
  public func readIdentities() throws(IdentityFolderError) -> [DeviceIdentity] {
    let fleet = try readFleet()
    var identities: [DeviceIdentity] = []
    identities.reserveCapacity(fleet.devices.count)
    for id in fleet.devices {
      identities.append(try readIdentity(id, algorithm: fleet.algorithm))
    }
    return identities
  }

  /// Reads the keys of the device `id`, which must be of `algorithm` and belong together.
  public func readIdentity(
    _ id: String, algorithm: DeviceAlgorithm
  ) throws(IdentityFolderError) -> DeviceIdentity {
    let path = privateKeyPath(of: id)
    let privateKey = try read(path)
    let (found, publicKey) = try Self.publicKey(of: privateKey, path: path)
    guard found == algorithm else {
      throw IdentityFolderError(
        path: path,
        problem: .wrongKind(
          found: "a key for \(found.rawValue)",
          expected: "one for \(algorithm.rawValue), as \(fleetPath) says"))
    }
    let text = String(decoding: try read(publicKeyPath(of: id)), as: UTF8.self)
    guard text.split(whereSeparator: \.isNewline) == publicKey.split(whereSeparator: \.isNewline)
    else {
      throw IdentityFolderError(
        path: publicKeyPath(of: id),
        problem: .malformed(expected: "the public key of private-key.der beside it, in PEM"))
    }
    return DeviceIdentity(
      id: id, algorithm: algorithm, privateKeyDER: Array(privateKey), publicKeyPEM: publicKey)
  }

  private static func publicKey(
    of privateKey: Data, path: String
  ) throws(IdentityFolderError) -> (DeviceAlgorithm, String) {
    if let key = try? P256.Signing.PrivateKey(derRepresentation: privateKey) {
      return (.es256, key.publicKey.pemRepresentation)
    }
    if let key = try? _RSA.Signing.PrivateKey(derRepresentation: privateKey) {
      return (.rs256, key.publicKey.pemRepresentation)
    }
    guard !privateKey.starts(with: Data("-----BEGIN".utf8)) else {
      throw IdentityFolderError(
        path: path,
        problem: .wrongKind(
          found: "PEM text",
          expected: "DER: openssl pkcs8 -topk8 -nocrypt -in KEY.pem -outform DER -out \(path)"))
    }
    throw IdentityFolderError(
      path: path,
      problem: .malformed(expected: "a P-256 or RSA (2048 bits or more) private key in DER"))
  }

  private func readJSON<Value: Decodable>(
    _ path: String, expected: String
  ) throws(IdentityFolderError) -> Value {
    let data = try read(path)
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do {
      return try decoder.decode(Value.self, from: data)
    } catch {
      throw IdentityFolderError(
        path: path, problem: .malformed(expected: expected + "; " + Self.place(of: error)))
    }
  }

  private func read(_ path: String) throws(IdentityFolderError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      let isMissing = !FileManager.default.fileExists(atPath: path)
      throw IdentityFolderError(
        path: path, problem: isMissing ? .missing : .unreadable(Self.reason(of: error)))
    }
  }

  /// Where in a JSON file the reader stopped, and why.
  private static func place(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return String(describing: error) }
    switch error {
    case .keyNotFound(let key, let context):
      return "'\(key.stringValue)' is missing" + place(of: context)
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      return context.debugDescription + place(of: context)
    @unknown default: return String(describing: error)
    }
  }

  private static func place(of context: DecodingError.Context) -> String {
    guard !context.codingPath.isEmpty else { return "" }
    return " at "
      + context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
      .joined(separator: ".")
  }
}
