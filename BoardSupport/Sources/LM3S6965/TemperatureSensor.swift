import CortexM

/// The temperature sensor inside the chip, read through sequencer 3 of the converter (data sheet,
/// section 12).
enum TemperatureSensor {
  /// RCGC0: bit 16 gives the converter its clock.
  private static let gates = Register(0x400F_E100)
  /// ADCACTSS: which sequencers are on.
  private static let active = Register(0x4003_8000)
  /// ADCPSSI: starts a sequencer.
  private static let start = Register(0x4003_8028)
  /// ADCSSCTL3: what its one sample is; ADCSSFIFO3 and ADCSSFSTAT3: the result.
  private static let sample = Register(0x4003_80A4)
  private static let result = Register(0x4003_80A8)
  private static let status = Register(0x4003_80AC)
  private static let sequencer3: UInt32 = 1 &<< 3

  /// The temperature in thousandths of a degree Celsius, or nil where no sample comes.
  static func measure() -> Int32? {
    gates.set(1 &<< 16)
    active.store(0)
    // TS0 and END0: the sensor, and nothing after it.
    sample.store(0b1010)
    active.store(sequencer3)
    start.store(sequencer3)
    // A conversion takes a microsecond; bit 8 says that there is no result.
    for _ in 0..<1_000 where status.load() & 1 &<< 8 == 0 {
      // 147.5 degrees less 75 degrees a volt, of 3 volts in 1024 steps (section 12.3.6).
      return 147_500 - Int32(result.load() & 0x3FF) * 225_000 / 1_024
    }
    return nil
  }
}
