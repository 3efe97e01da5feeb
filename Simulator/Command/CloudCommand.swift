import ArgumentParser
import Cloud
import Foundation
import Logging
import Provisioning

/// `swiftlet cloud`: the stand-in cloud alone.
struct CloudCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cloud",
    abstract: "Serves the devices of an identity folder on loopback: MQTT over TLS, and SNTP.",
    discussion: """
      The root certificate that devices must trust is written to the folder's roots.pem. \
      The cloud serves until it is interrupted.
      """)

  @Option(help: "The folder with the devices' public keys; `swiftlet provision` makes one.")
  var identities: String
  @Option(help: "The TCP port for MQTT over TLS.")
  var port: UInt16 = 8883
  @Option(help: "The UDP port for SNTP.")
  var timePort: UInt16 = 11123
  @Option(help: "The kind of keys in the server's certificates: rsa or ec.")
  var serverChain: KeyKind = .rsa
  @Flag(inversion: .prefixedNo, help: "Resume TLS sessions.")
  var resumption = true
  @Flag(name: .shortAndLong, help: "Log each connection.")
  var verbose = false

  func run() async throws {
    let folder = IdentityFolder(path: identities)
    let cloud: Cloud
    do {
      var options = CloudOptions()
      options.mqttPort = Int(port)
      options.sntpPort = Int(timePort)
      options.chain = serverChain
      options.resumesSessions = resumption
      cloud = try Cloud(options: options, registry: Registry(folder: folder), logger: logger)
      try await cloud.start()
    } catch let error as IdentityFolderError {
      throw CommandFailure.data("\(error)")
    } catch let error as CloudError {
      throw CommandFailure.temporary("\(error)")
    }
    do {
      try cloud.rootPEM.write(toFile: folder.rootsPath, atomically: true, encoding: .utf8)
    } catch {
      throw CommandFailure.data("\(folder.rootsPath): cannot be written")
    }
    say("swiftlet: MQTT over TLS at mqtts://localhost:\(cloud.mqttPort)")
    say("swiftlet: SNTP at localhost:\(cloud.sntpPort); root certificate in \(folder.rootsPath)")
    let interruption = Interruption()
    while !interruption.isRequested { try await Task.sleep(for: .milliseconds(100)) }
    let statistics = cloud.statistics
    await cloud.stop()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    print(String(decoding: try encoder.encode(statistics), as: UTF8.self))
  }

  private var logger: Logger {
    var logger = Logger(label: "swiftlet.cloud") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = verbose ? .debug : .warning
    return logger
  }
}

extension KeyKind: ExpressibleByArgument {}
extension DeviceAlgorithm: ExpressibleByArgument {}
