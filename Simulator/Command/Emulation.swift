import Cloud
import Emulator
import Foundation
import Provisioning

/// One emulated board and the cloud that it talks to, watched and troubled by `swiftlet emulate`.
final class Emulation {
  let board: VirtualBoard
  let cloud: Cloud
  let device: String
  private let patience: Duration
  private let showsConsole: Bool

  /// The console's lines so far.
  private(set) var lines: [String] = []
  /// The last report of each boot.
  private(set) var reports: [BoardReport] = []
  /// How often the board has started.
  private(set) var boots = 0
  /// How often it was meant to.
  private(set) var bootsWanted = 0

  init(board: VirtualBoard, cloud: Cloud, device: String, patience: Duration, showsConsole: Bool) {
    self.board = board
    self.cloud = cloud
    self.device = device
    self.patience = patience
    self.showsConsole = showsConsole
  }

  /// The messages that the cloud has acknowledged.
  var acknowledged: Int { cloud.statistics.devices[device]?.acknowledgementsSent ?? 0 }

  /// The tokens signed in all boots.
  var tokensSigned: Int { reports.reduce(0) { $0 + $1.tokensSigned } }

  func start() async throws {
    bootsWanted += 1
    try board.start()
    try await wait(for: "the board's first line") { boots == bootsWanted }
  }

  /// Waits until the cloud has acknowledged so many messages and a token was renewed.
  func reach(messages: Int) async throws {
    try await wait(for: "\(messages) acknowledged messages") { acknowledged >= messages }
    try await wait(for: "a renewed token") {
      (cloud.statistics.devices[device]?.connectsAccepted ?? 0) > 1
    }
  }

  /// Makes trouble, and waits until the board has got over it.
  func suffer(_ fault: Fault, outage: Duration) async throws {
    tell("making trouble: \(fault.rawValue)")
    let before = lines.count
    switch fault {
    case .powerCut:
      // Within the second in which something is sent, signed or shaken hands over.
      try await pause(.milliseconds(Int64.random(in: 0..<1_000)))
      try await cutPower()
    case .powerCutOffline: try await cutPowerOffline(outage)
    case .cable:
      board.setCable(isPlugged: false)
      try await pause(outage)
      board.setCable(isPlugged: true)
    case .cloudOutage: try await cloud.restart(pause: outage)
    case .clockAhead:
      // One server's word is believed; but then no certificate is valid any more.
      cloud.misbehave(.answerTime(.offset(.seconds(3_650 * 86_400))))
      try await cutPower()
      try await wait(for: "the board's refusal of the certificate", in: before, "expired")
    case .clockBehind:
      cloud.misbehave(.answerTime(.offset(.seconds(-3_650 * 86_400))))
      try await cutPower()
      try await wait(for: "the board's refusal of the time", in: before, "no usable answer")
    case .expiredCertificate:
      let expired = try cloud.authority.issue(
        names: ["localhost"], addresses: CloudOptions().serverAddresses, validity: .expired())
      cloud.misbehave(.presentChain(expired))
      cloud.misbehave(.dropConnections)
      try await wait(for: "the board's refusal of the certificate", in: before, "expired")
    }
    cloud.behave()
    let goal = acknowledged + 3
    try await wait(for: "the recovery from \(fault.rawValue)") { acknowledged >= goal }
    tell("recovered")
  }

  /// Cuts the power in the middle of an outage of the cloud, and waits until what the board had
  /// accepted meanwhile has arrived.
  private func cutPowerOffline(_ outage: Duration) async throws {
    let cloud = cloud
    let highest = { cloud.received(from: self.device).ranges.last?.upperBound ?? 0 }
    async let isBack: Void = cloud.restart(pause: outage)
    try await pause(outage / 2)
    let before = highest()
    try await cutPower()
    try await isBack
    try await wait(for: "the report of what the flash held") { reports.count == boots }
    let recovered = reports[boots - 1].recovered ?? 0
    guard recovered > 1 else {
      throw CommandFailure.purpose("the board found \(recovered) messages on its flash")
    }
    // One of them may have arrived before, without the acknowledgement.
    try await wait(for: "the \(recovered) messages that the flash held") {
      highest() + 1 >= before + UInt64(recovered)
    }
  }

  /// Reads what the board still says, so that the last report is complete.
  func settle() async throws {
    let connects = cloud.statistics.devices[device]?.connectsAccepted ?? 0
    let known = lines.count
    try await wait(for: "the last report") {
      (cloud.statistics.devices[device]?.connectsAccepted ?? 0) > connects
        && lines[known...].contains { BoardReport(line: $0) != nil }
    }
    board.cutPower()
  }

  private func cutPower() async throws {
    bootsWanted += 1
    if board.model.keepsState {
      board.cutPower()
      try board.start()
    } else {
      board.reset()
    }
    try await wait(for: "the board to start again") { boots == bootsWanted }
  }

  private func wait(for what: String, in start: Int, _ text: String) async throws {
    try await wait(for: what) { lines[start...].contains { $0.contains(text) } }
  }

  private func pause(_ duration: Duration) async throws {
    let end = ContinuousClock.now + duration
    while ContinuousClock.now < end { try await look() }
  }

  private func wait(for what: String, until isDone: () -> Bool) async throws {
    let end = ContinuousClock.now + patience
    while !isDone() {
      guard ContinuousClock.now < end else {
        throw CommandFailure.purpose(
          "\(what) did not come within \(patience); the board's last line was: "
            + (lines.last ?? "none"))
      }
      try await look()
    }
  }

  private func look() async throws {
    for line in try board.newLines() {
      lines.append(line)
      if showsConsole { say("\(board.model.name): \(line)") }
      if line.hasPrefix("swiftlet ") { boots += 1 }
      if let report = BoardReport(line: line) {
        if reports.count < boots { reports.append(report) } else { reports[boots - 1] = report }
      }
    }
    guard boots <= bootsWanted else {
      throw CommandFailure.purpose("the board restarted by itself: its watchdog bit, or a fault")
    }
    try await Task.sleep(for: .milliseconds(20))
  }

  private func tell(_ text: String) { if showsConsole { say("swiftlet: \(text)") } }
}
