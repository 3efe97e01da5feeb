public import Units

/// The way between devices and cloud while nothing is wrong with it.
public struct NetworkModel: Sendable, Equatable {
  /// The shortest time one way, from device to cloud or back.
  public var latencyMinimum = Interval(milliseconds: 20)
  /// The longest.
  public var latencyMaximum = Interval(milliseconds: 120)
  /// The probability that a packet is lost: a datagram is gone, a segment comes a second later.
  public var loss = 0.0
  /// The probability that a datagram is overtaken by the next one.
  public var reordering = 0.0

  /// Creates a good cellular network.
  public init() {}
}

/// The cloud while nothing is wrong with it.
public struct CloudModel: Sendable, Equatable {
  /// The connections that all devices together may open in a second; nil for any number.
  ///
  /// The others are refused as "server unavailable". With it the devices are simulated together.
  public var connectsPerSecond: Int?
  /// How long it takes to check a token and answer CONNECT.
  public var connectTime = Interval(milliseconds: 20)
  /// The longest life of a token that it accepts.
  public var tokenLifeMaximum = Interval(seconds: 86_400)
  /// By how much a device's clock may be wrong.
  public var clockSkew = Interval(seconds: 600)
  /// Whether it ends a connection whose token has expired.
  public var closesAtExpiry = true
  /// Whether it resumes TLS sessions.
  public var resumesSessions = true
  /// The keys in its certificates.
  public var serverChain = ServerChain.rsa

  /// Creates a cloud that behaves as Google-style ones do.
  public init() {}

  /// The keys in a chain of certificates.
  public enum ServerChain: String, Sendable, Codable, CaseIterable {
    /// RSA.
    case rsa
    /// P-256.
    case ec
  }
}
