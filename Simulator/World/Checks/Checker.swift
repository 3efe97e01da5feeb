import Results

/// What must hold in every run, whatever goes wrong.
enum Invariant: String, CaseIterable {
  /// An accepted QoS 1 message is delivered, on flash, or dropped as the policy says; a device
  /// without flash may forget it in a reset.
  case acceptedIsDeliveredOrOnFlash
  /// A message that the device knows to be acknowledged has reached the cloud.
  case acknowledgedIsDelivered
  /// A token is signed only while the clock is trusted, and with a date that is as right as the
  /// clock promises, so far as time servers and crystal kept to what it counts on.
  case noTokenWithUntrustedClock
  /// A token that the device knows to be refused is never offered again.
  case noRefusedTokenReuse
  /// What waits is never more than there is room for.
  case boundedMemory
  /// Once nothing goes wrong any more, everything gets delivered.
  case progress
  /// Messages reach the cloud in the order in which they were accepted, priorities aside.
  case order
  /// The engine never asks to be woken in the past for ever.
  case monotonicTime
  /// A call of `drive` comes to an end.
  case driveTerminates
  /// The device sends only what TLS and MQTT allow.
  case protocolKept
  /// Flash is programmed only where it is erased, in whole units, within the region.
  case flashContract
}

/// What the checker remembers of one device.
struct Checker {
  /// How often each invariant was checked, in the order of the cases.
  var checks = [11 of UInt32](repeating: 0)
  /// The answer of a time server that was handed out last was a lie.
  var latestAnswerIsLie = false
  /// Time servers or crystal did not keep to what the clock counts on, and it may be wrong.
  var clockMayBeWrong = false
  /// Messages may have been lost with the memory of a device without flash, or with harmed flash.
  var lossIsExcused = false
  /// Breaches found so far; after some, the others are only counted.
  var breachCount = 0

  mutating func count(_ invariant: Invariant) {
    checks[invariant.place] &+= 1
  }
}

extension Invariant {
  /// Its place among all cases.
  @inline(__always)
  var place: Int {
    switch self {
    case .acceptedIsDeliveredOrOnFlash: 0
    case .noTokenWithUntrustedClock: 1
    case .noRefusedTokenReuse: 2
    case .boundedMemory: 3
    case .progress: 4
    case .order: 5
    case .monotonicTime: 6
    case .driveTerminates: 7
    case .protocolKept: 8
    case .flashContract: 9
    case .acknowledgedIsDelivered: 10
    }
  }
}
