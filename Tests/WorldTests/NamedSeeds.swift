/// Seeds of the swarm that have found a bug, kept so that it is found again.
enum NamedSeeds {
  /// A seed, and what it has found.
  struct Seed: Sendable {
    let seed: UInt64
    let devices: Int
    let hours: UInt64
    let found: String
  }

  static let all: [Seed] = []
}
