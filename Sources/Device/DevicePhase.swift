/// Where the device is on its way to the cloud.
public enum DevicePhase: UInt8, Sendable {
  /// The random generator has no entropy yet.
  case seeding
  /// Waiting for the next attempt: spread at the start, back-off later.
  case waiting
  /// The clock is not trusted yet: nothing may be signed and no certificate accepted.
  case synchronizing
  /// A token has to be made before the connection is worth opening.
  case signing
  /// The cloud's address is being looked up.
  case resolving
  /// The TCP connection is being opened.
  case connecting
  /// The TLS handshake is under way.
  case securing
  /// CONNECT has been sent and not yet answered.
  case joining
  /// Messages flow.
  case online
  /// The token must be renewed: the last acknowledgements are awaited.
  case draining
  /// DISCONNECT and the closing alert are on their way.
  case closing
  /// The application has stopped the device.
  case halted
}

/// What moves the device from one phase to another.
public enum DeviceTrigger: UInt8, Sendable {
  /// The random generator got its entropy.
  case seeded
  /// The waiting time is over.
  case due
  /// The clock may be trusted.
  case clockTrusted
  /// The clock may no longer be trusted.
  case clockLost
  /// A token is ready.
  case credentialReady
  /// The cloud's address is known.
  case addressKnown
  /// The TCP connection is open.
  case connected
  /// The TLS handshake is complete.
  case secured
  /// The cloud accepted CONNECT.
  case accepted
  /// The cloud refused the token for the first time: the clock and the token are made anew.
  case refusedOnce
  /// The token has to be renewed now.
  case refreshDue
  /// Nothing is left to wait for, or no more time to wait.
  case drained
  /// The farewell is over; the next connection may be opened at once.
  case closed
  /// Something went wrong; the reason is in the event.
  case failed
  /// The application wants the device to stop once everything sent is acknowledged.
  case stop
  /// The device stops here and now: there is no connection, the farewell is over, or it failed.
  case stopped
}

extension DevicePhase {
  /// The phase that follows on `trigger`, or nil where that cannot happen.
  ///
  /// This table is the whole of the order; `Docs/Architecture.md` draws its picture from it.
  public func next(on trigger: DeviceTrigger) -> DevicePhase? {
    switch trigger {
    case .seeded: self == .seeding ? .waiting : nil
    case .due: self == .waiting ? .synchronizing : nil
    case .clockTrusted: self == .synchronizing ? .signing : nil
    case .clockLost: self == .signing || self == .connecting ? .synchronizing : nil
    case .credentialReady: self == .signing ? .resolving : nil
    case .addressKnown: self == .resolving ? .connecting : nil
    case .connected: self == .connecting ? .securing : nil
    case .secured: self == .securing ? .joining : nil
    case .accepted: self == .joining ? .online : nil
    case .refusedOnce: self == .joining ? .synchronizing : nil
    case .refreshDue: self == .online ? .draining : nil
    case .drained: self == .draining ? .closing : nil
    case .closed: self == .closing ? .synchronizing : nil
    case .failed: isUnderWay ? .waiting : nil
    case .stop: self == .online ? .draining : nil
    case .stopped: self == .online || self == .halted ? nil : .halted
    }
  }

  /// True unless the phase asks for entropy itself, or for nothing any more.
  var needsEntropy: Bool { self != .seeding && self != .halted }

  /// True from the signature to the last acknowledgement: where a failure means another attempt.
  private var isUnderWay: Bool {
    switch self {
    case .signing, .resolving, .connecting, .securing, .joining, .online, .draining: true
    case .seeding, .waiting, .synchronizing, .closing, .halted: false
    }
  }
}
