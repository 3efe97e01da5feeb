extension FleetResult {
  /// The breaches that are kept at most.
  public static var breachMaximum: Int { 100 }

  /// Adds what other devices did.
  public mutating func add(_ other: FleetResult) {
    devices += other.devices
    deviceMilliseconds.increase(by: other.deviceMilliseconds)
    events.increase(by: other.events)
    digest.add(other.digest)
    messages.add(other.messages)
    connects.add(other.connects)
    tokens.add(other.tokens)
    time.add(other.time)
    flash.add(other.flash)
    resets.increase(by: other.resets)
    deaths.increase(by: other.deaths)
    faults.merge(other.faults, uniquingKeysWith: UInt64.sum)
    failures.merge(other.failures, uniquingKeysWith: UInt64.sum)
    energyNanojoules.merge(other.energyNanojoules, uniquingKeysWith: UInt64.sum)
    checked.merge(other.checked, uniquingKeysWith: UInt64.sum)
    broken.merge(other.broken, uniquingKeysWith: UInt64.sum)
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
    accepted.increase(by: other.accepted)
    refused.increase(by: other.refused)
    dropped.increase(by: other.dropped)
    acknowledged.increase(by: other.acknowledged)
    delivered.increase(by: other.delivered)
    duplicated.increase(by: other.duplicated)
    lost.increase(by: other.lost)
    waiting.increase(by: other.waiting)
  }
}

extension ConnectCounts {
  mutating func add(_ other: ConnectCounts) {
    attempted.increase(by: other.attempted)
    full.increase(by: other.full)
    resumed.increase(by: other.resumed)
    refused.increase(by: other.refused)
    failed.increase(by: other.failed)
  }
}

extension TokenCounts {
  mutating func add(_ other: TokenCounts) {
    signed.increase(by: other.signed)
    refused.increase(by: other.refused)
    renewals.increase(by: other.renewals)
  }
}

extension TimeCounts {
  mutating func add(_ other: TimeCounts) {
    synchronizations.increase(by: other.synchronizations)
    rejections.increase(by: other.rejections)
    largestErrorMilliseconds = max(largestErrorMilliseconds, other.largestErrorMilliseconds)
  }
}

extension FlashCounts {
  mutating func add(_ other: FlashCounts) {
    bytesProgrammed.increase(by: other.bytesProgrammed)
    blocksErased.increase(by: other.blocksErased)
    mostErasures = max(mostErasures, other.mostErasures)
    corrupted.increase(by: other.corrupted)
  }
}

extension UInt64 {
  /// The sum, or the largest number: counts out of a hostile file end no program.
  static func sum(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let (sum, overflow) = one.addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  /// Adds `other`, up to the largest number.
  mutating func increase(by other: UInt64) { self = .sum(self, other) }
}
