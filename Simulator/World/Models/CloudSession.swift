/// What the cloud knows of one device.
struct CloudSession {
  /// The cloud keeps a session.
  var exists = false
  /// The connection is accepted.
  var isConnected = false
  /// When the token on which the connection stands ends, as a date.
  var tokenEnds: Int64 = 0
  /// The number of its certificate: it counts up with each rotation.
  var epoch: UInt8 = 1
  /// Hashes of tokens that the device knows to be refused, the latest last.
  private var refused = [4 of UInt64](repeating: 0)
  /// The token offered last.
  var offered: UInt64 = 0

  /// The device has learnt that the token it offered last is refused.
  mutating func noteRefusal() {
    for index in 1..<4 { refused[index - 1] = refused[index] }
    refused[3] = offered
  }

  func isKnownAsRefused(_ token: UInt64) -> Bool {
    for index in refused.indices where refused[index] == token { return true }
    return false
  }
}
