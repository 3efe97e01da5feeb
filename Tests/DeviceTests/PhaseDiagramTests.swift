import Device
import Foundation
import Testing

/// The picture in the documentation is drawn from the table in the code.
@Suite struct PhaseDiagramTests {
  static let phases: [DevicePhase] = [
    .seeding, .waiting, .synchronizing, .signing, .resolving, .connecting, .securing, .joining,
    .online, .draining, .closing, .halted,
  ]

  static let triggers: [DeviceTrigger] = [
    .seeded, .due, .clockTrusted, .clockLost, .credentialReady, .addressKnown, .connected,
    .secured, .accepted, .refusedOnce, .refreshDue, .drained, .closed, .failed, .stop, .stopped,
  ]

  /// The text of the picture, in the words of the code.
  static var diagram: String {
    var lines = ["```mermaid", "stateDiagram-v2", "  [*] --> \(phases[0])"]
    for trigger in triggers {
      for phase in phases {
        guard let next = phase.next(on: trigger) else { continue }
        lines.append("  \(phase) --> \(next): \(trigger)")
      }
    }
    return (lines + ["  halted --> [*]", "```"]).joined(separator: "\n")
  }

  @Test func picturesTheTable() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Docs/Architecture.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let begin = try #require(text.range(of: "<!-- phases -->"), "the section is missing")
    let end = try #require(text.range(of: "<!-- /phases -->"), "the section does not end")
    let wanted = "\n\(Self.diagram)\n"
    guard text[begin.upperBound..<end.lowerBound] != wanted else { return }
    if ProcessInfo.processInfo.environment["SWIFTLET_UPDATE_DOCS"] != nil {
      let updated = text.replacingCharacters(
        in: begin.upperBound..<end.lowerBound, with: wanted)
      try updated.write(to: file, atomically: true, encoding: .utf8)
    } else {
      Issue.record("Docs/Architecture.md does not show the table, which is\n\(Self.diagram)")
    }
  }

  /// Both lists are whole: a new case does not compile here, and has to be added there.
  @Test func knowsEveryPhaseAndTrigger() {
    for (index, phase) in Self.phases.enumerated() { #expect(Self.number(of: phase) == index) }
    for (index, trigger) in Self.triggers.enumerated() {
      #expect(Self.number(of: trigger) == index)
    }
    #expect(Self.phases.count == 12 && Self.triggers.count == 16)
  }

  @Test func everyPhaseCanBeReachedAndLeft() {
    var reached: Set<DevicePhase> = [.seeding]
    for _ in Self.phases {
      for phase in reached {
        for trigger in Self.triggers {
          if let next = phase.next(on: trigger) { reached.insert(next) }
        }
      }
    }
    #expect(reached.count == Self.phases.count)
    for phase in Self.phases where phase != .halted {
      #expect(Self.triggers.contains { phase.next(on: $0) != nil })
    }
    #expect(Self.triggers.allSatisfy { DevicePhase.halted.next(on: $0) == nil })
  }

  private static func number(of phase: DevicePhase) -> Int {
    switch phase {
    case .seeding: 0
    case .waiting: 1
    case .synchronizing: 2
    case .signing: 3
    case .resolving: 4
    case .connecting: 5
    case .securing: 6
    case .joining: 7
    case .online: 8
    case .draining: 9
    case .closing: 10
    case .halted: 11
    }
  }

  private static func number(of trigger: DeviceTrigger) -> Int {
    switch trigger {
    case .seeded: 0
    case .due: 1
    case .clockTrusted: 2
    case .clockLost: 3
    case .credentialReady: 4
    case .addressKnown: 5
    case .connected: 6
    case .secured: 7
    case .accepted: 8
    case .refusedOnce: 9
    case .refreshDue: 10
    case .drained: 11
    case .closed: 12
    case .failed: 13
    case .stop: 14
    case .stopped: 15
    }
  }
}
