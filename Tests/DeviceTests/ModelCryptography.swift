import Cryptography
import TLS

/// What the cryptography of a model device does wrong, and what it was asked to do.
final class ModelCryptography {
  var seedingFails = false
  var randomFails = false
  var signingFailure: SigningFailure?
  /// The failure of the next call of `open`s.
  var openFailure: SecureStreamFailure?
  /// The failure that ends every handshake.
  var handshakeFailure: SecureStreamFailure?
  /// The failure of every write of plaintext.
  var writeFailure: SecureStreamFailure?
  /// The server resumes the session of an earlier handshake.
  var serverResumes = false
  /// How many calls of `write` take nothing.
  var refusedWrites = 0
  /// The most bytes that one record holds.
  var recordByteCount = 900

  var seedCount = 0
  var signatureCount = 0
  /// How often a session was to be forgotten.
  var forgetCount = 0
  /// Is told what happens, in words.
  var note: (String) -> Void = { _ in }
}
