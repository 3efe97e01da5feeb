/// Seeds of the swarm that have found a bug, kept so that it is found again.
enum NamedSeeds {
  /// A seed, and what it has found.
  struct Seed: Sendable {
    let seed: UInt64
    let devices: Int
    let hours: UInt64
    /// True for the scenario that is shipped, false for that of these tests.
    var isShipped = false
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
    Seed(
      seed: 1_690, devices: 1, hours: 12, isShipped: true,
      found: "checker: after a power cut a device cannot know which tokens were refused"),
    Seed(
      seed: 8_113, devices: 1, hours: 12, isShipped: true,
      found: "checker: messages refused for worn flash pushed accepted ones out of its ledger"),
  ]
}
