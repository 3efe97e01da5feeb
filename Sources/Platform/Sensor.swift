/// Measures something.
///
/// For implementers: a measurement may take as long as it takes; nothing else runs meanwhile.
public protocol Sensor: ~Copyable {
  /// Why nothing could be measured.
  associatedtype SensorFailure: PlatformFailure
  /// Measures once; the unit is the sensor's, usually thousandths (millidegrees, millivolts).
  mutating func measure() throws(SensorFailure) -> Int32
}
