import ArgumentParser

/// Trouble that `swiftlet emulate` makes for a board.
enum Fault: String, ExpressibleByArgument, CaseIterable, Codable {
  /// The power is cut and comes back; a machine without lasting flash is reset instead.
  case powerCut = "power-cut"
  /// The cloud is away, and then the power is cut: what the board accepted in between is on its
  /// flash alone, and has to arrive.
  case powerCutOffline = "power-cut-offline"
  /// The network cable is pulled and plugged in again.
  case cable
  /// The cloud is down for a while.
  case cloudOutage = "cloud-outage"
  /// The time server is ten years ahead when the board starts.
  case clockAhead = "clock-ahead"
  /// The time server is ten years behind when the board starts.
  case clockBehind = "clock-behind"
  /// The cloud shows a certificate that has expired.
  case expiredCertificate = "expired-certificate"

  /// All of them, for help.
  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
