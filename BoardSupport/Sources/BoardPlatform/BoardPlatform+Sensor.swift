extension BoardPlatform: Sensor {
  /// Measures the temperature in thousandths of a degree Celsius.
  ///
  /// On a board without a sensor, or in an emulator, a slow wave stands in for it: from 15 to 25
  /// degrees and back in some seventeen minutes.
  public mutating func measure() -> Int32 {
    enter(.sensor)
    defer { enter(.active) }
    if let temperature = Hardware.measureTemperature() { return temperature }
    let phase = Int32(truncatingIfNeeded: now().milliseconds / 50 % 20_000)
    return 15_000 + min(phase, 20_000 - phase)
  }
}
