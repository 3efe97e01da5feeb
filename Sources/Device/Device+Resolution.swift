import Bytes
public import Platform
public import Units

// Looking up names: that of the cloud, and beside it that of a time server.
extension Device where Backend: ~Copyable {
  /// The name to look up: after `resolve` only.
  public var hostToResolve: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      if lookup == .timeServer, case .resolving(let server, _, _) = timeLink.state {
        return configuration.timeServers.host(at: server)
      }
      return configuration.cloudHost.span
    }
  }

  /// The lookup of `hostToResolve` has come this far.
  public mutating func resolved(_ resolution: Resolution, now: Instant) {
    if lookup == .timeServer {
      return timeServerResolved(resolution, now: now)
    }
    guard phase == .resolving else { return }
    switch resolution {
    case .pending: resolverCheckAt = now + Limits.resolverPoll
    case .address(let address):
      cloudAddress = address
      move(on: .addressKnown, now: now)
    }
  }

  /// The lookup of `hostToResolve` failed.
  public mutating func resolutionFailed(_ kind: PlatformFailureKind, now: Instant) {
    if lookup == .timeServer {
      if case .resolving = timeLink.state { abandonTimeExchange(now: now) }
      return
    }
    guard phase == .resolving else { return }
    fail(.resolution(kind), now: now)
  }

  mutating func resolvingStep(now: Instant) -> DeviceStep? {
    guard now < phaseDeadline else {
      fail(.timedOut(phase), now: now)
      return nil
    }
    guard now >= resolverCheckAt else { return .sleep }
    lookup = .cloud
    return .resolve
  }
}
