/// The misbehaviours in force.
struct Conduct: Sendable {
  var acknowledging = Acknowledging.now
  var packetsUntilDrop: Int?
  var refusing = Refusing.none
  var connectAnswerDelay: Duration = .zero
  var time = SNTPBehaviour.right

  /// When a PUBACK is sent.
  enum Acknowledging: Equatable, Sendable {
    case now
    case after(Duration)
    case onRelease
  }

  /// Which tokens are refused unseen.
  enum Refusing: Equatable, Sendable {
    case none
    case next(Int)
    case all
  }

  /// True if the next token must be refused, which then counts.
  mutating func refusesToken() -> Bool {
    switch refusing {
    case .none: return false
    case .all: return true
    case .next(let count):
      refusing = count > 1 ? .next(count - 1) : .none
      return count > 0
    }
  }
}
