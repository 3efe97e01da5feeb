import Foundation

/// One board in QEMU, with a console, a cable that can be pulled, and power that can be cut.
///
/// Its network is QEMU's user network: the board sees this machine's loopback as 10.0.2.2, and
/// nothing else can reach it.
public final class VirtualBoard {
  /// What the board is.
  public let model: BoardModel

  private let firmware: String
  private let folder: URL
  private let arguments: [String]
  private var process: Process?
  private var monitor: Monitor?
  private var consumed = 0

  /// Prepares a board that runs the program in the ELF file `firmware` with the device image
  /// `image`, which has the model's size.
  ///
  /// - Parameter arguments: what QEMU is told beside that, such as `-icount shift=0`.
  /// - Throws: `EmulatorError`.
  public init(
    _ model: BoardModel, firmware: String, image: [UInt8], arguments: [String] = []
  ) throws(EmulatorError) {
    precondition(image.count == model.imageBytes)
    guard FileManager.default.isReadableFile(atPath: firmware) else {
      throw .file(
        firmware, reason: "there is no such file; `make firmware BOARD=\(model.name)` makes it")
    }
    let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]
    guard FileHandle(forReadingAtPath: firmware)?.readData(ofLength: 4) == Data(magic) else {
      throw .file(firmware, reason: "is no ELF file; it should be the firmware of \(model.name)")
    }
    self.model = model
    self.firmware = firmware
    self.arguments = arguments
    // A short path: a socket's may have 107 bytes.
    folder = FileManager.default.temporaryDirectory.appending(
      path: "swiftlet-\(UUID().uuidString.prefix(8))")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Data(image).write(to: imageFile)
      if case .memoryFile(let byteCount) = model.placement {
        let file = try FileHandle(forUpdating: imageFile)
        try file.truncate(atOffset: UInt64(byteCount))
        try file.close()
      }
    } catch {
      throw .file(folder.path, reason: "\(error)")
    }
  }

  deinit {
    cutPower()
    // The folder holds a key; if it cannot be removed there is nobody left to tell.
    try? FileManager.default.removeItem(at: folder)
  }

  /// Turns the power on.
  public func start() throws(EmulatorError) {
    precondition(process == nil, "the board is running")
    let path = "/usr/bin/qemu-system-arm"
    guard FileManager.default.isExecutableFile(atPath: path) else { throw .noEmulator }
    try? FileManager.default.removeItem(at: monitorFile)
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = machineArguments + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    _ = FileManager.default.createFile(atPath: errorFile.path, contents: nil)
    do {
      process.standardError = try FileHandle(forWritingTo: errorFile)
      try process.run()
    } catch {
      throw .file(path, reason: "\(error)")
    }
    self.process = process
  }

  /// Takes the power away: the emulator is killed, whatever it is at.
  public func cutPower() {
    guard let process else { return }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    self.process = nil
    monitor = nil
  }

  /// Resets the processor and the peripherals, as the reset pin does.
  public func reset() { tell("system_reset") }

  /// Plugs the network cable in, or pulls it.
  public func setCable(isPlugged: Bool) {
    tell("set_link \(Self.network) \(isPlugged ? "on" : "off")")
  }

  /// The lines that the board has printed since the last call; a line that is not complete waits.
  ///
  /// - Throws: `EmulatorError.ended` if the emulator is gone though nobody cut the power.
  public func newLines() throws(EmulatorError) -> [String] {
    let isRunning = process?.isRunning ?? true
    let text = (try? Data(contentsOf: consoleFile)) ?? Data()
    let new = text[consumed...]
    guard let end = new.lastIndex(of: UInt8(ascii: "\n")) else {
      if !isRunning { throw .ended(lastWords) }
      return []
    }
    consumed = end + 1
    return String(decoding: new[..<end], as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }

  private static let network = "cable"

  private var imageFile: URL { folder.appending(path: "flash") }
  private var consoleFile: URL { folder.appending(path: "console") }
  private var errorFile: URL { folder.appending(path: "errors") }
  private var monitorFile: URL { folder.appending(path: "monitor") }

  private var lastWords: String {
    let text = (try? String(contentsOf: errorFile, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n")
    // A dump of registers follows on what it has to say.
    let own = lines.first { $0.hasPrefix("qemu") } ?? lines.last
    return own.map(String.init) ?? "nothing was said"
  }

  private var machineArguments: [String] {
    let place =
      switch model.placement {
      case .flash(let address):
        [
          "-M", model.machine, "-device",
          "loader,file=\(imageFile.path),addr=\(address),force-raw=on",
        ]
      case .memoryFile(let byteCount):
        [
          "-M", "\(model.machine),memory-backend=flash", "-object",
          "memory-backend-file,id=flash,share=on,size=\(byteCount),mem-path=\(imageFile.path)",
        ]
      }
    return place + [
      "-kernel", firmware, "-display", "none",
      "-chardev", "file,id=console,path=\(consoleFile.path),append=on", "-serial",
      "chardev:console",
      "-monitor", "unix:\(monitorFile.path),server=on,wait=off",
      "-nic", "user,id=\(Self.network),model=\(model.networkCard)",
    ]
  }

  /// Tells the monitor, which opens its socket some time after the start.
  private func tell(_ order: String) {
    for _ in 0..<100 where monitor == nil {
      monitor = Monitor(path: monitorFile.path)
      if monitor == nil { usleep(20_000) }
    }
    monitor?.tell(order)
  }
}
