/// What has to hold in every run.
enum Invariant: String, CaseIterable {
  /// An accepted QoS 1 message is delivered, or still on flash, or was dropped as the policy says.
  case acceptedIsDeliveredOrStored
  /// An acknowledgement that the device got is of a message that arrived.
  case acknowledgedIsDelivered
  /// Messages arrive for the first time in the order in which they were accepted.
  case order
  /// No token is signed without a trusted clock, which is as right as it says while servers tell
  /// the truth.
  case noTokenWithUntrustedClock
  /// A token that the device knows to be refused is not offered again.
  case noRefusedTokenReuse
  /// The device's memory is fixed, and its outbox stays within its blocks.
  case boundedMemory
  /// Once faults have ended, a device gets on line and delivers everything.
  case progress
  /// Driving a device comes to an end.
  case driveEnds
}
