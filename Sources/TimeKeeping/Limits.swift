import Bytes
import Units

/// One datagram of SNTP: the header, 48 bytes; what a server puts behind it is of no use to us.
typealias SNTPDatagram = FixedBytes<48>

/// The bounds of time keeping, each with the reason for its value.
enum Limits {
  /// How long a question may wait to be sent: resolvers have failed by then (20 s), or the link
  /// has.
  static let requestWait = Interval(seconds: 30)
  /// How long an answer is awaited, and so the longest round trip: NB-IoT at the edge of its
  /// coverage.
  static let roundTrip = Interval(seconds: 10)
  /// The coarsest clock that the platform contract allows; a round trip is wrong by at most that.
  static let clockResolution = Interval(milliseconds: 20)
  /// How far a server may be from true time; RFC 5905 draws its line (MAXDISP, MAXDIST) near here.
  static let rootDistance = Interval(seconds: 1)
  /// Rejected answers that are reported in one exchange: a flood must not fill somebody's log.
  static let reportedRejections = 8

  /// How wrong the rate of a device's clock may be, in parts per million.
  ///
  /// Quartz is cut to 20 ppm, ages by 5 ppm a year and loses 35 ppm at -40 degrees; 100 covers
  /// their sum and a badly chosen load capacitor.
  static let driftPartsPerMillion: UInt64 = 100
  /// How uncertain a sample may be: half of the longest round trip, a far server, and as much
  /// again.
  static let sampleUncertainty = Interval(seconds: 12)
  /// How uncertain the date may be and still be trusted.
  ///
  /// Certificates and tokens need about 5 minutes. 2 of them leave the other 3 to the cloud's own
  /// clock, and at 100 ppm they last for almost two weeks without any server.
  static let trustedUncertainty = Interval(seconds: 120)
  /// How far a single sample may move a trusted clock: more than drift and a slow link explain.
  static let step = Interval(seconds: 15)

  /// The most servers a device asks.
  static let serverCount = 3
  /// The longest pause after the first failed exchange; at least half of it is kept.
  ///
  /// RFC 4330 wants 15 s between questions to one server: up to 10 s have been waited already.
  static let retryFirst = Interval(seconds: 16)
  /// The longest pause between exchanges while there is no time: a dead network costs little then.
  static let retryLongest = Interval(seconds: 1_024)
  /// How often the first pause has at least doubled after "too often": to 2 minutes.
  static let rateLevel: UInt8 = 3
  /// How much drift may build up between exchanges: below the whole seconds that tokens count in.
  static let pollDrift = Interval(seconds: 1)
  /// The longest time between exchanges that "too often" may lead to: 8.6 s of drift.
  static let pollLongest = Interval(seconds: 86_400)

  /// The time for which a clock runs until it may be wrong by `error`.
  static func duration(ofDrift error: Interval) -> Interval {
    Interval(milliseconds: error.milliseconds * 1_000_000 / driftPartsPerMillion)
  }

  /// The error that may build up in `duration`, rounded up.
  static func drift(in duration: Interval) -> Interval {
    let whole = duration.milliseconds / 1_000_000
    let rest = duration.milliseconds % 1_000_000
    let ofRest = (rest * driftPartsPerMillion + 999_999) / 1_000_000
    return Interval(milliseconds: whole * driftPartsPerMillion + ofRest)
  }
}
