extension BoardPlatform: PowerStateMeter {
  /// Notes what the device now spends time on; once in flash, as it is called from many places.
  @inline(never)
  public mutating func enter(_ state: PowerState) { times.enter(state, at: now()) }

  /// Publishes the time in each power state since the start, to the state topic: the record that
  /// `swiftlet energy --times` reads.
  public mutating func publishStateTimes(
    with device: inout BoardDevice
  ) throws(PublishFailure) {
    times.count(until: now())
    var record = FixedBytes<62>()
    // There is room for the longest record.
    do { try times.append(to: &record) } catch {}
    try device.publish(record.span, to: .state, on: &self)
  }
}
