import Energy

/// The names of everything that `swiftlet energy` can choose from.
enum ProfileList {
  static func text(_ library: ProfileLibrary) -> String {
    let sections = [
      section("cores", library.cores.map { ($0.id, $0.name) }),
      section("radios", library.radios.map { ($0.id, $0.name) }),
      section("sensors", library.sensors.map { ($0.id, $0.name) }),
      section("batteries", library.batteries.map { ($0.id, $0.name) }),
      section("policies", library.policies.map { ($0.id, $0.name) }),
      section(
        "costs",
        library.costs.entries.map { ("\($0.core) \($0.setting)", "\($0.board), \($0.source)") }),
    ]
    return sections.joined(separator: "\n\n")
  }

  private static func section(_ title: String, _ lines: [(String, String)]) -> String {
    ([title]
      + lines.map { "  " + $0.0.padding(toLength: 22, withPad: " ", startingAt: 0) + " " + $0.1 })
      .joined(separator: "\n")
  }
}
