import Fleet
import Units

/// What is noted of a live run while it goes on.
struct LiveCourse {
  /// The time since the start.
  private(set) var time = Interval.zero
  /// When all devices were found to be connected for the first time.
  private(set) var allOnlineAt: Interval?
  /// The last moment of publishing that was looked at.
  private(set) var publishedUntil = Interval.zero
  /// The fewest devices that were connected from then on, while the devices published.
  private(set) var onlineMinimum = 0
  /// The most memory in RAM while the devices published, in bytes.
  private(set) var residentBytes = 0
  /// Processor time when the last device was connected, in seconds since the start.
  private(set) var processorSecondsToConnect: Double?
  private let processorSecondsBefore = ProcessorTime.seconds

  /// Takes note of the tally at `now`, counted from the start.
  mutating func note(_ tally: FleetTally, at now: Interval, isPublishing: Bool) {
    time = now
    guard isPublishing else { return }
    publishedUntil = now
    residentBytes = max(residentBytes, ProcessLimits.residentBytes)
    if processorSecondsToConnect == nil, tally.devices > 0, tally.everOnline == tally.devices {
      processorSecondsToConnect = processorSeconds
    }
    if allOnlineAt == nil, tally.devices > 0, tally.online == tally.devices {
      allOnlineAt = now
      onlineMinimum = tally.online
    }
    if allOnlineAt != nil { onlineMinimum = min(onlineMinimum, tally.online) }
  }

  /// Processor time since the start.
  var processorSeconds: Double { ProcessorTime.seconds - processorSecondsBefore }
}
