/// Seeds of the swarm that have found a bug, kept so that it is found again.
enum NamedSeeds {
  /// A seed, and what it has found.
  struct Seed: Sendable {
    let seed: UInt64
    let devices: Int
    let hours: UInt64
    let found: String
  }

  static let all: [Seed] = [
    Seed(
      seed: 1_646, devices: 2, hours: 4,
      found: "a refused token was made anew where the clock was set back after the refusal"),
    Seed(
      seed: 1_646, devices: 2, hours: 4,
      found: "messages of more than 140 bytes were refused by the outbox"),
    Seed(
      seed: 19, devices: 2, hours: 4,
      found: "messages that bit rot took away counted as waiting for ever"),
  ]
}
