import ArgumentParser
import Foundation
import Platform
import Provisioning

/// `swiftlet provision image`: what goes into the flash of one board.
struct ProvisionImage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "image",
    abstract: "Writes the device image of one board, with its key and its first random seed.",
    discussion: """
      The file is the last part of the board's flash: names, servers, roots and the private key, \
      and behind them the state region with a seed that is drawn anew each time. So each file is \
      for one board, and as secret as the key. Docs/DeviceImage.md has the layout to the byte.
      """)

  @Argument(help: "The identity folder; `swiftlet provision` makes one.")
  var folder: String
  @Option(help: "The device's name.")
  var device: String
  @Option(help: "The cloud as host or host:port (8883).")
  var cloud: AddressArgument
  @Option(help: "A time server as host or host:port (123); up to three.")
  var timeServer: [AddressArgument]
  @Option(help: "A PEM file with the roots to trust (default: the folder's roots.pem).")
  var roots: String?
  @Option(help: "How long a token lives, 4s to 24h (default: as long as the cloud allows).")
  var tokenLife: DurationArgument?
  @Option(help: "The network interface's address, such as 02:00:00:00:00:01.")
  var hardwareAddress: String?
  @Option(help: "The bytes of the file: image and state region (lm3s6965evb: 8192).")
  var size: Int
  @Option(help: "The bytes that the flash erases at a time (lm3s6965evb: 1024).")
  var stateBlock: Int
  @Option(help: "How many such blocks the state region has, two or more.")
  var stateBlocks = 2
  @Option(help: "The file to write; one that exists is never overwritten.")
  var out: String

  func validate() throws {
    guard (1...3).contains(timeServer.count) else {
      throw ValidationError("--time-server is given one to three times.")
    }
    guard stateBlocks >= 2, stateBlock >= 64, stateBlock % 64 == 0, size <= 1 << 24,
      stateBlock <= 1 << 20, stateBlocks <= 256, size > stateBlock * stateBlocks
    else {
      throw ValidationError(
        "--state-block takes a multiple of 64, --state-blocks 2 and more, and --size more than "
          + "both together.")
    }
    if let hardwareAddress, Self.address(hardwareAddress) == nil {
      throw ValidationError("--hardware-address takes six bytes such as 02:00:00:00:00:01.")
    }
  }

  func run() throws {
    let identityFolder = IdentityFolder(path: folder)
    var content: DeviceImageContent
    do {
      let fleet = try identityFolder.readFleet()
      guard let identity = try identityFolder.readIdentities().first(where: { $0.id == device })
      else {
        throw CommandFailure.data("\(folder): has no device '\(device)'")
      }
      content = DeviceImageContent(
        device: device, privateKey: identity.privateKeyDER, cloudHost: cloud.host,
        timeFloorSeconds: UInt64(Date().timeIntervalSince1970))
      content.project = fleet.project
      content.region = fleet.region
      content.registry = fleet.registry
    } catch let error as IdentityFolderError {
      throw CommandFailure.data("\(error)")
    }
    content.cloudPort = cloud.port ?? 8_883
    content.timeServers = timeServer.map { .init(host: $0.host, port: $0.port ?? 123) }
    content.roots = RootBundle.certificates(inPEM: try readRoots(roots ?? identityFolder.rootsPath))
    content.tokenLifetimeSeconds = tokenLife.map { UInt32(clamping: $0.interval.seconds) }
    content.hardwareAddress = hardwareAddress.flatMap(Self.address)
    try write(content)
  }

  private func write(_ content: DeviceImageContent) throws {
    let bytes: [UInt8]
    do {
      bytes = try FlashImage.make(
        content, byteCount: size,
        state: FlashGeometry(programUnit: 64, blockSize: stateBlock, blockCount: stateBlocks))
    } catch {
      throw CommandFailure.data("\(error)")
    }
    // Created with its mode, so that the key is at no moment readable by others.
    let file = open(out, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw CommandFailure.data("\(out): cannot be written: \(String(cString: strerror(errno)))")
    }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    do { try handle.write(contentsOf: Data(bytes)) } catch {
      throw CommandFailure.data("\(out): cannot be written: \(error)")
    }
    print("\(bytes.count) bytes for \(device) in \(out): keep it as secret as the key in it")
  }

  private static func address(_ text: String) -> [UInt8]? {
    let bytes = text.split(separator: ":", omittingEmptySubsequences: false)
      .compactMap { $0.count == 2 ? UInt8($0, radix: 16) : nil }
    return bytes.count == 6 && text.count == 17 ? bytes : nil
  }
}
