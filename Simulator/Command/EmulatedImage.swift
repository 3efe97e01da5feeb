import Emulator
import Foundation
import Platform
import Provisioning

/// The flash content of an emulated board, which finds this machine's loopback at 10.0.2.2.
enum EmulatedImage {
  /// QEMU's user network calls the host so.
  static let host = "10.0.2.2"

  /// A device of the stand-in cloud.
  static func make(
    of identity: DeviceIdentity, in fleet: FleetDescription, for model: BoardModel, mqttPort: Int,
    sntpPort: Int, roots: [[UInt8]], tokenLifeSeconds: UInt64
  ) throws(CommandFailure) -> [UInt8] {
    var content = DeviceImageContent(
      device: identity.id, privateKey: identity.privateKeyDER, cloudHost: host,
      timeFloorSeconds: timeFloor)
    content.project = fleet.project
    content.region = fleet.region
    content.registry = fleet.registry
    content.cloudPort = UInt16(mqttPort)
    content.timeServers = [.init(host: host, port: UInt16(sntpPort))]
    content.roots = roots
    content.tokenLifetimeSeconds = UInt32(tokenLifeSeconds)
    return try flash(content, model)
  }

  /// A board for the conformance kit, whose peers are at `port`: its key and root are never used.
  static func forConformance(of model: BoardModel, port: Int) throws(CommandFailure) -> [UInt8] {
    var content = DeviceImageContent(
      device: "conformance", privateKey: [0x30, 0], cloudHost: host, timeFloorSeconds: timeFloor)
    content.cloudPort = UInt16(port)
    content.timeServers = [.init(host: host)]
    content.roots = [[0x30, 0]]
    return try flash(content, model)
  }

  private static func flash(
    _ content: DeviceImageContent, _ model: BoardModel
  ) throws(CommandFailure) -> [UInt8] {
    let state = FlashGeometry(
      programUnit: 4, blockSize: model.stateBlockBytes, blockCount: model.stateBlockCount)
    do { return try FlashImage.make(content, byteCount: model.imageBytes, state: state) } catch {
      throw .data("\(error)")
    }
  }

  /// 2026-01-01: this program did not exist before.
  private static let timeFloor: UInt64 = 1_767_225_600
}
