import Cloud
import Foundation
import Provisioning
import Testing

/// A running cloud with two devices, on free ports.
final class TestBench: Sendable {
  static let device = "device-1"
  static let otherDevice = "device-2"

  let cloud: Cloud
  let registry: Registry
  let identities: [String: DeviceIdentity]
  private let folder: String

  /// Starts a cloud and ends it after `body`.
  static func run(
    algorithm: DeviceAlgorithm = .es256, change: (inout CloudOptions) -> Void = { _ in },
    _ body: (TestBench) async throws -> Void
  ) async throws {
    let bench = try TestBench(algorithm: algorithm, change: change)
    try await bench.cloud.start()
    do {
      try await body(bench)
    } catch {
      await bench.cloud.stop()
      throw error
    }
    await bench.cloud.stop()
  }

  private init(algorithm: DeviceAlgorithm, change: (inout CloudOptions) -> Void) throws {
    var options = CloudOptions()
    options.chain = .ec
    change(&options)
    var registry = Registry(project: "p", region: "l", name: "r")
    var identities: [String: DeviceIdentity] = [:]
    for id in [Self.device, Self.otherDevice] {
      let identity = try DeviceIdentity.generate(id: id, algorithm: algorithm)
      try registry.register(device: id, keys: [RegistryKey(identity)])
      identities[id] = identity
    }
    self.registry = registry
    self.identities = identities
    cloud = try Cloud(options: options, registry: registry)
    folder = NSTemporaryDirectory() + "swiftlet-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try cloud.rootPEM.write(toFile: rootsPath, atomically: true, encoding: .utf8)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      print("left behind: \(folder)")
    }
  }

  var rootsPath: String { folder + "/roots.pem" }

  /// A client for `device` with a token that is good, unless changed.
  func client(
    _ device: String = TestBench.device, token: String? = nil, clientID: String? = nil,
    rootsPath: String? = nil
  ) throws -> Mosquitto {
    Mosquitto(
      port: cloud.mqttPort, clientID: clientID ?? registry.clientID(of: device),
      token: try token ?? identity(device).token(audience: "p"),
      rootsPath: rootsPath ?? self.rootsPath)
  }

  func identity(_ device: String = TestBench.device) throws -> DeviceIdentity {
    try #require(identities[device])
  }

  func write(_ text: String, to name: String) throws -> String {
    let path = folder + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// Waits until `condition` holds, however long the machine needs; a minute means never.
  func wait(
    _ location: SourceLocation = #_sourceLocation, until condition: (Statistics) -> Bool
  ) async throws {
    for _ in 0..<6_000 {
      if condition(cloud.statistics) { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("never happened; \(cloud.statistics)", sourceLocation: location)
  }
}

/// Payloads with the numbers of `range`.
func numbered(_ range: ClosedRange<Int>) -> [String] { range.map { #"{"n":\#($0),"t":21.5}"# } }
