import Jitter
import Scenarios
import Units

/// Another world for each seed.
enum Swarm {
  static func vary(_ scenario: inout Scenario, seed: UInt64) {}
}
