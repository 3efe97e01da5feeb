/// Why a subscription cannot be asked for or ended.
public enum SubscribeFailure: Error, Equatable, Sendable {
  /// No room now; there will be some once earlier packets were sent and answered.
  case full
  /// The packet is longer than all the memory for it.
  case tooLarge
  /// The topic filter breaks the rules of section 4.7.
  case invalidFilter
  /// There is no connection.
  case notConnected
}
