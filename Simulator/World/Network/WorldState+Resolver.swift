import Platform

/// The search for the address of a name.
struct Lookup {
  /// Which name: zero for none, the cloud's, or a time server's.
  var name: UInt8 = 0
  var startedAt: UInt64 = 0
  var readyAt = UInt64.max
}

// Names: the cloud's begins with "c", those of time servers with "t" and their number from 0 on.
extension WorldState {
  mutating func resolve(_ host: Span<UInt8>) throws(WorldFailure) -> Resolution {
    guard host.count > 1 else { throw WorldFailure(.unknownName) }
    let isCloud = host[0] == UInt8(ascii: "c")
    let name = isCloud ? UInt8(ascii: "c") : host[1]
    // A time server is looked for beside the cloud.
    var lookup = isCloud ? cloudLookup : timeLookup
    let isStale = now - lookup.startedAt > 10 * Limits.resolverRetry
    if lookup.name != name || isStale { lookup = startLookup(name) }
    let isReady = now >= lookup.readyAt
    if isReady { lookup = Lookup() }
    if isCloud { cloudLookup = lookup } else { timeLookup = lookup }
    guard isReady else { return .pending }
    return .address(.v4(isCloud ? [10, 0, 0, 1] : [10, 0, 1, name - UInt8(ascii: "0")]))
  }

  private mutating func startLookup(_ name: UInt8) -> Lookup {
    var lookup = Lookup(name: name, startedAt: now)
    guard !faults.isActive(.captivePortal, at: now) else {
      // The portal gives its own address for every name.
      lookup.readyAt = now + 2 * path.latencyMinimum
      return lookup
    }
    var moment = now
    for _ in 0..<Limits.resolverAttempts {
      if let there = path.datagramArrival(.toCloud, sentAt: moment, faults),
        let back = path.datagramArrival(.toDevice, sentAt: there, faults)
      {
        lookup.readyAt = back
        return lookup
      }
      moment += Limits.resolverRetry
    }
    return lookup
  }
}
