import BoardPlatform

extension BoardPlatform {
  /// Starts clocks and console, and nothing that would interrupt.
  static func startForMeasuring() { Hardware.start() }

  /// The processor's clock.
  static var clockHertz: UInt32 { Hardware.clockHertz }
}
