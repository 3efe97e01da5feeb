/// How many messages of one kind there were, by quality of service.
public struct MessageCounts: Codable, Equatable, Sendable {
  /// Messages of QoS 0.
  public var atMostOnce = 0
  /// Messages of QoS 1, repetitions included.
  public var atLeastOnce = 0

  /// Creates counts of zero.
  public init() {}

  /// All messages.
  public var total: Int { atMostOnce + atLeastOnce }

  mutating func add(quality: Quality) {
    switch quality {
    case .atMostOnce: atMostOnce += 1
    case .atLeastOnce: atLeastOnce += 1
    }
  }
}
