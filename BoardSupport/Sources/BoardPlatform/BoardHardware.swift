public import Platform

/// What one board is made of: the part of the platform that its registers decide.
///
/// `BoardPlatform` builds the rest on it: time, sleep, the IP stack, entropy. The drivers hold no
/// state of their own, their registers do, so that they may be made anew wherever they are needed.
public protocol BoardHardware {
  /// The driver of the Ethernet controller.
  associatedtype Ethernet: EthernetDriver
  /// The driver of the flash that holds what the device writes.
  associatedtype Flash: FlashRegion

  /// The board's name.
  static var name: StaticString { get }
  /// The hardware address that the network interface has of its own, for images that give none.
  static var hardwareAddress: [6 of UInt8] { get }
  /// The processor's clock after `start`, in hertz.
  static var clockHertz: UInt32 { get }
  /// The device image, which `swiftlet provision image` made, and which starts as flash does.
  static var imageBytes: Span<UInt8> { @_lifetime(immortal) get }

  /// Creates the drivers; nothing happens yet.
  init()
  /// The Ethernet controller.
  var ethernet: Ethernet { get set }
  /// The flash that the device writes: two blocks for the seed, all others for the outbox.
  var flash: Flash { get set }

  /// Sets up clocks, pins, and the console.
  static func start()
  /// Starts the watchdog: from now on it resets the board when it is not fed for `milliseconds`.
  static func startWatchdog(milliseconds: UInt32)
  /// Restarts the watchdog's count-down.
  static func feedWatchdog()
  /// What the hardware can add to the seed: bytes of a generator, or zeros where there is none.
  static func entropy() -> [16 of UInt8]
  /// The temperature in thousandths of a degree Celsius, or nil without a sensor.
  static func measureTemperature() -> Int32?
}

extension BoardHardware {
  /// Nothing: there is no generator.
  public static func entropy() -> [16 of UInt8] { .init(repeating: 0) }
}
