public import Bytes
import Units

/// A DNS name: the longest end points of today's device clouds have about 90 characters.
public typealias HostName = FixedBytes<96>

/// A project, registry or device name; Google-style clouds allow longer ones, nobody prints them on
/// a label.
public typealias ShortName = FixedBytes<64>

/// An MQTT client identifier: four names of 64 and the words between them (51 characters).
public typealias ClientIdentifier = FixedBytes<307>

/// A topic: a device name with the words around it, and a sub-folder.
public typealias TopicName = FixedBytes<160>

/// How long each part of the way to the cloud may take before it counts as failed, and what else is
/// fixed.
enum Limits {
  /// A resolver that was going to answer has retried three times by then.
  static let resolution = Interval(seconds: 20)
  /// Covers two lost SYN packets and the slowest of cellular links.
  static let connection = Interval(seconds: 30)
  /// A Cortex-M0+ computes for 3 s in the dearest handshake, and NB-IoT takes 10 s a round trip.
  static let handshake = Interval(seconds: 60)
  /// How long acknowledgements are awaited before a planned reconnect; what is missing is sent
  /// again.
  static let drain = Interval(seconds: 5)
  /// How long the farewell may take; nothing is lost without it.
  static let farewell = Interval(seconds: 2)
  /// How often a resolver that said "pending" is asked again.
  static let resolverPoll = Interval(milliseconds: 50)
  /// How often a connection under way is looked at where nothing wakes the caller.
  static let connectionPoll = Interval(milliseconds: 50)
  /// How often a session whose deadline has passed is looked at while nothing can be decided.
  ///
  /// Far below the shortest keep-alive, and rare enough for a battery.
  static let sessionProbe = Interval(milliseconds: 250)
  /// How long after a refusal the next token is signed at the earliest.
  ///
  /// Tokens count in whole seconds: within the same one an RSA key would make the same one again.
  static let afterRefusal = Interval(seconds: 2)
  /// How long after every time server has said "go away" they are asked again.
  ///
  /// An hour is rare enough to be no burden to a server, and no device stays without time for good
  /// because of a server that was configured wrong for a day.
  static let timeServersRetry = Interval(seconds: 3_600)
  /// How long the device waits before it asks again for entropy that was refused.
  static let entropyRetry = Interval(seconds: 10)
  /// How long after the flash did not obey it is tried again.
  static let storeRetry = Interval(seconds: 10)
  /// The number by which a device image names the Google-style profile; more clouds, more numbers.
  static let googleProfileNumber: UInt8 = 1
}
