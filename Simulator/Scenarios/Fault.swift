public import Units

/// Something that goes wrong, when, and for whom.
public struct Fault: Sendable, Equatable {
  /// What goes wrong.
  public var kind: Kind
  /// When it begins.
  public var schedule: Schedule
  /// How long it lasts; the length of each is drawn between the two.
  public var lasts: ClosedRange<Interval>
  /// Whom it strikes: all at once, or each device at moments of its own.
  public var scope: Scope
  /// How strong it is; what that means is the kind's, nil for the kind's usual strength.
  public var strength: Double?

  /// Creates a fault.
  public init(
    _ kind: Kind, _ schedule: Schedule, lasts: ClosedRange<Interval>, scope: Scope,
    strength: Double? = nil
  ) {
    self.kind = kind
    self.schedule = schedule
    self.lasts = lasts
    self.scope = scope
    self.strength = strength
  }

  /// When a fault begins.
  public enum Schedule: Sendable, Equatable {
    /// At a moment, and every so often after it.
    case at(Interval, every: Interval?)
    /// At random moments, this far from each other on average.
    case random(meanBetween: Interval)
  }

  /// Whom a fault strikes.
  public enum Scope: Sendable, Equatable {
    /// All devices at the same time.
    case fleet
    /// Each device by itself, with this probability that it is one of those that are struck at all.
    case device(probability: Double)
  }

  /// What can go wrong.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    // The network.
    /// Everything takes longer, by the strength in seconds (usually 5).
    case latency
    /// Packets are lost with the strength as probability (usually 0.3).
    case loss
    /// Datagrams overtake each other with the strength as probability (usually 0.5).
    case reordering
    /// Nothing passes.
    case partition
    /// What the device sends does not arrive; what the cloud sends does.
    case asymmetric
    /// Nothing passes for a while, then all of it at once.
    case clog
    /// Names resolve and connections open, but to somebody else, who speaks no TLS.
    case captivePortal = "captive-portal"
    // The cloud.
    /// The broker goes away and comes back; strength 1 (usual) keeps sessions, 0 forgets them.
    case brokerRestart = "broker-restart"
    /// Connections are refused as "server unavailable" with the strength as probability (0.9).
    case throttle
    /// Tokens are refused though they are right.
    case tokenRefusal = "token-refusal"
    /// The broker takes everything and answers nothing.
    case brokerSilence = "broker-silence"
    /// The cloud shows a new certificate, which devices have the root of; sessions do not resume.
    case certificateRotation = "certificate-rotation"
    /// The cloud's certificate leads to a root that devices do not have.
    case rootDeath = "root-death"
    // Time servers.
    /// No time server answers.
    case timeOutage = "time-outage"
    /// One time server is wrong by the strength in seconds (usually 86400).
    case timeStep = "time-step"
    /// The device's clock runs wrong by the strength in millionths (usually 500).
    case timeDrift = "time-drift"
    /// Forged answers come before the true ones.
    case timeSpoof = "time-spoof"
    /// Time servers say "go away".
    case kissOfDeath = "kiss-of-death"
    // Flash.
    /// Bits flip: the strength is how many (usually 1).
    case bitRot = "bit-rot"
    /// A block no longer erases.
    case badBlock = "bad-block"
    /// Blocks have the strength (usually 0.99) of their endurance behind them at once.
    case wearOut = "wear-out"
    // Power and entropy.
    /// The power is cut at any instant, in the middle of a flash operation too, and comes back.
    case powerCut = "power-cut"
    /// The processor resets again and again while the voltage is too low.
    case brownOut = "brown-out"
    /// There is no entropy.
    case entropyLoss = "entropy-loss"
  }
}
