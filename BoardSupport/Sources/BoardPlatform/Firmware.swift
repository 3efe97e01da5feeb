import CBoard
import CMbedTLS
import CortexM
import DeviceImage

/// A device whose cryptography is mbedTLS, as boards have it.
public typealias BoardDevice = Device<MbedTLSBackend>

// One program has one device, so that its roots may be a global, as the device itself.
nonisolated(unsafe) private var roots = makeRoots()

private func makeRoots() -> MbedTLSRoots {
  // As many bytes as C says, used by nobody else.
  unsafe MbedTLSRoots(
    unsafeStorage: UnsafeMutableRawBufferPointer(
      start: board_roots_storage(), count: MbedTLSRoots.storageByteCount))
}

extension BoardPlatform {
  /// Starts clocks, console and memory, and creates the device that the board's image describes.
  ///
  /// A global variable that is initialized with it is filled in place. Where the image cannot be
  /// used, the console says why, and nothing more happens.
  public static func makeDevice() -> BoardDevice {
    startHardware()
    return BoardDevice(backend: makeBackend())
  }

  /// Starts clocks, console and memory; the first line tells that the board has started.
  static func startHardware() {
    Hardware.start()
    BoardConsole.write("swiftlet on ")
    BoardConsole.write(Hardware.name)
    BoardConsole.write("\n")
    board_start_memory()
  }

  private static func makeBackend() -> MbedTLSBackend {
    do throws(DeviceImageFailure) {
      let image = try DeviceImage(Hardware.imageBytes)
      var certificates = image.rootCertificates
      while let root = certificates.next() { add(root) }
      // As many bytes as C says, used by nobody else.
      var backend = unsafe MbedTLSBackend(
        unsafeStorage: UnsafeMutableRawBufferPointer(
          start: board_client_storage(), count: MbedTLSBackend.storageByteCount),
        roots: roots)
      do { try backend.useKey(der: image.privateKey) } catch { refuse("its key cannot be used") }
      return backend
    } catch {
      refuse(error.text)
    }
  }

  private static func add(_ root: Span<UInt8>) {
    do {
      // The image lies in flash, and stays.
      try unsafe root.withUnsafeBufferPointer { bytes throws(MbedTLSRoots.Failure) in
        try unsafe roots.add(unsafeInPlace: bytes)
      }
    } catch { refuse("a root in it cannot be used") }
  }

  /// Tells the device who it is, and starts time, entropy, watchdog and network.
  mutating func start(_ device: inout BoardDevice) {
    do throws(DeviceImageFailure) {
      let image = try DeviceImage(Hardware.imageBytes)
      do { try device.configure(from: image, outboxBlocks: outboxBlocks) } catch {
        Self.refuse(error.text)
      }
      start(image)
    } catch {
      Self.refuse(error.text)
    }
  }

  /// The blocks of the state region that are not the seed's, if they are enough for an outbox.
  private var outboxBlocks: Range<Int> {
    let count = min(flashGeometry.blockCount, Limits.outboxBlockMaximum + Limits.seedBlocks)
    return count < Limits.seedBlocks + 2 ? 0..<0 : Limits.seedBlocks..<count
  }

  /// Starts time, entropy, watchdog and network.
  mutating func start(_ image: DeviceImage) {
    var address = Hardware.hardwareAddress
    if image.hardwareAddress.count == address.count {
      for index in address.indices { address[index] = image.hardwareAddress[index] }
    }
    SystemTick.start(clockHertz: Hardware.clockHertz)
    startEntropy()
    start(hardwareAddress: address)
  }

  /// Says why the board cannot work, and stops: what is missing comes by provisioning, not by time.
  static func refuse(_ reason: StaticString) -> Never {
    BoardConsole.write("refused: the device image: ")
    BoardConsole.write(reason)
    BoardConsole.write("\n")
    while true { cpu_wait_for_interrupt() }
  }
}

extension DeviceImageFailure {
  /// The failure in words.
  fileprivate var text: StaticString {
    switch self {
    case .absent: "there is none; `swiftlet provision image` makes one"
    case .badMagic: "there is something else"
    case .unsupportedVersion: "it is of another version"
    case .truncated: "it is cut off"
    case .badChecksum: "its checksum is wrong"
    case .unknown: "it holds a record that this firmware does not know"
    case .malformed(let tag), .missing(let tag): tag.name
    }
  }
}

extension ImageConfigurationFailure {
  /// The record that is to blame.
  fileprivate var text: StaticString {
    switch self {
    case .missing(let tag), .unsupported(let tag): tag.name
    }
  }
}
