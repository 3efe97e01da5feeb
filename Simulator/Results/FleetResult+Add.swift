extension FleetResult {
  /// The breaches that are kept at most.
  public static var breachMaximum: Int { 100 }

  /// Adds what other devices did.
  public mutating func add(_ other: FleetResult) {
    devices += other.devices
    deviceMilliseconds += other.deviceMilliseconds
    events += other.events
    digest.add(other.digest)
    messages.add(other.messages)
    connects.add(other.connects)
    tokens.add(other.tokens)
    time.add(other.time)
    flash.add(other.flash)
    resets += other.resets
    deaths += other.deaths
    faults.merge(other.faults, uniquingKeysWith: +)
    failures.merge(other.failures, uniquingKeysWith: +)
    energyNanojoules.merge(other.energyNanojoules, uniquingKeysWith: +)
    checked.merge(other.checked, uniquingKeysWith: +)
    broken.merge(other.broken, uniquingKeysWith: +)
    addBreaches(other.breaches)
    connectTime.add(other.connectTime)
    deliveryTime.add(other.deliveryTime)
    offlineTime.add(other.offlineTime)
    backOffTime.add(other.backOffTime)
    batteryLife.add(other.batteryLife)
    series.add(other.series)
  }

  /// Adds breaches and keeps the first ones, which does not depend on the order of adding.
  private mutating func addBreaches(_ others: [Breach]) {
    guard !others.isEmpty else { return }
    breaches = (breaches + others).sorted {
      ($0.seed, $0.device, $0.atMilliseconds, $0.invariant, $0.detail)
        < ($1.seed, $1.device, $1.atMilliseconds, $1.invariant, $1.detail)
    }
    breaches.removeLast(max(0, breaches.count - Self.breachMaximum))
  }
}

extension MessageCounts {
  mutating func add(_ other: MessageCounts) {
    accepted += other.accepted
    refused += other.refused
    dropped += other.dropped
    acknowledged += other.acknowledged
    delivered += other.delivered
    duplicated += other.duplicated
    lost += other.lost
    waiting += other.waiting
  }
}

extension ConnectCounts {
  mutating func add(_ other: ConnectCounts) {
    attempted += other.attempted
    full += other.full
    resumed += other.resumed
    refused += other.refused
    failed += other.failed
  }
}

extension TokenCounts {
  mutating func add(_ other: TokenCounts) {
    signed += other.signed
    refused += other.refused
    renewals += other.renewals
  }
}

extension TimeCounts {
  mutating func add(_ other: TimeCounts) {
    synchronizations += other.synchronizations
    rejections += other.rejections
    largestErrorMilliseconds = max(largestErrorMilliseconds, other.largestErrorMilliseconds)
  }
}

extension FlashCounts {
  mutating func add(_ other: FlashCounts) {
    bytesProgrammed += other.bytesProgrammed
    blocksErased += other.blocksErased
    mostErasures = max(mostErasures, other.mostErasures)
    corrupted += other.corrupted
  }
}
