import Platform

/// A failure of a fake.
struct FakeFailure: PlatformFailure {
  let kind: PlatformFailureKind
}

extension Endpoint {
  /// The end points that the fakes know.
  static let echo = Endpoint(address: .v4([127, 0, 0, 1]), port: 7)
  static let farewell = Endpoint(address: .v4([127, 0, 0, 1]), port: 13)
  static let dead = Endpoint(address: .v4([127, 0, 0, 1]), port: 9)
}
