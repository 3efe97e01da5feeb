/// The bounds of an image's records, each with the reason for its value.
enum Limits {
  /// What `Device` has room for in a project, region, registry or device name.
  static let nameByteCountMaximum = 64
  /// What `Device` has room for in a host name: those of today's clouds have about 90 characters.
  static let hostNameByteCountMaximum = 96
  /// One time server can fail and one can lie, and the third tells which.
  static let timeServerCountMaximum = 3
  /// The end of the year 9999, which is the last that a certificate can name; beyond it, dates in
  /// milliseconds could overflow.
  static let timeFloorSecondsMaximum: UInt64 = 253_402_300_799
  /// The shortest life for which tokens are renewed in time.
  static let tokenLifetimeSecondsMinimum: UInt32 = 4
}
