import Emulator
import Foundation

/// The result of `swiftlet emulate`, in the form that `--out` has it.
struct EmulationSummary: Codable {
  var board: String
  var acknowledged: Int
  var missing: Int
  var duplicated: Int
  /// Messages that boots found on flash, in all.
  var recovered: Int
  var tokensSigned: Int
  var connectsFull: Int
  var connectsResumed: Int
  var boots: Int
  var faults: [Fault]
  var heapPeakBytes: Int
  var heapSizeBytes: Int
  var stackPeakBytes: Int
  var stackSizeBytes: Int
  var ramTotalBytes: Int
  /// The sum over boots, by power state, each up to its last report.
  var stateMilliseconds: [String: Int]?
  /// The latest record of these times that the board has published, in hexadecimal: a line for
  /// `swiftlet energy --times`.
  var stateRecord: String?
  var instructions: [String: Int]?

  init(_ emulation: Emulation, faults: [Fault], instructions: [String: Int]?) {
    let reports = emulation.reports
    let log = emulation.cloud.received(from: emulation.device)
    board = emulation.board.model.name
    acknowledged = emulation.acknowledged
    missing = log.ranges.last.map { Int($0.upperBound) - log.count } ?? 0
    duplicated = log.duplicates
    recovered = reports.reduce(0) { $0 + ($1.recovered ?? 0) }
    tokensSigned = emulation.tokensSigned
    connectsFull = reports.reduce(0) { $0 + $1.connectsFull }
    connectsResumed = reports.reduce(0) { $0 + $1.connectsResumed }
    boots = emulation.boots
    self.faults = faults
    heapPeakBytes = reports.map(\.heapPeakBytes).max() ?? 0
    heapSizeBytes = reports.map(\.heapSizeBytes).max() ?? 0
    stackPeakBytes = reports.map(\.stackPeakBytes).max() ?? 0
    stackSizeBytes = reports.map(\.stackSizeBytes).max() ?? 0
    ramTotalBytes = reports.map(\.ramTotalBytes).max() ?? 0
    let times = reports.compactMap(\.stateMilliseconds)
    stateMilliseconds =
      times.isEmpty ? nil : times.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    stateRecord = emulation.cloud.state(of: emulation.device).map { record in
      record.map { byte in
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
      }.joined()
    }
    self.instructions = instructions
  }

  /// The result for a person.
  var text: String {
    """
    board        \(board), \(boots) boots\(faultText)
    messages     \(acknowledged) acknowledged, missing: \(missing), \(duplicated) twice, \
    \(recovered) recovered from flash
    tokens       \(tokensSigned) signed
    connections  \(connectsFull) with a full handshake, \(connectsResumed) resumed
    memory       \(ramTotalBytes) bytes of RAM in all
                 TLS arena \(heapPeakBytes) of \(heapSizeBytes) used at most, \
    stack \(stackPeakBytes) of \(stackSizeBytes)
    """
  }

  /// Why the run failed its purpose, or nil.
  var shortcoming: String? {
    missing == 0 ? nil : "\(missing) accepted messages never arrived"
  }

  private var faultText: String {
    faults.isEmpty ? "" : "; recovered from " + faults.map(\.rawValue).joined(separator: ", ")
  }
}
