/// Why a datagram was not believed.
public enum SNTPRejection: Equatable, Sendable {
  /// It is shorter than an NTP header.
  case tooShort
  /// It is not an answer: another mode than 4.
  case notAnAnswer
  /// Its version is neither 3 nor 4.
  case version
  /// It answers the question zero, which is what a spoofed answer to no question looks like.
  case originateZero
  /// No question is open: it was answered before, or never asked.
  case unsolicited
  /// It answers another question than ours.
  case originateMismatch
  /// The server has no synchronized clock.
  case unsynchronized
  /// The stratum is above 15.
  case stratum
  /// The server left out the date.
  case transmitZero
  /// The server claims to have answered before it was asked.
  case receiveAfterTransmit
  /// The server claims to have worked on the answer for longer than the round trip took.
  case processingTime
  /// The server may be too far from true time.
  case rootDistance
  /// The answer came too late to say much about the present.
  case roundTrip
}
