import Jitter
import TLS

/// What a device's model cryptography knows.
struct SecurityState {
  enum Phase {
    case idle
    /// The first flight is out.
    case hello
    /// The second flight of a full handshake is out.
    case finishing
    case open
    case failed(SecureStreamFailure)
  }

  var phase = Phase.idle
  /// The records in the worker's room that have to go out.
  var outStart = 0
  var outEnd = 0
  /// What has come in as plain text and was not read yet.
  var plain = [48 of UInt8](repeating: 0)
  var plainStart = 0
  var plainEnd = 0
  /// The flight of the server that has come in.
  var flight: Flight?
  /// What ends the connection once everything before it was read.
  var ending: SecureStreamFailure?

  /// The session that can be resumed, and that of the present connection; zero for none.
  var session: UInt64 = 0
  var sessionAtHand: UInt64 = 0
  var wasResumed = false

  /// The private key.
  let key: UInt64
  var isSeeded = false
  var random = SplitMix64(seed: 0)

  init(key: UInt64) { self.key = key }

  /// A reset forgets all but the key.
  mutating func reboot() { self = SecurityState(key: key) }
}
