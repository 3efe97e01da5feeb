import Crypto
import CryptoExtras

extension DeviceIdentity {
  /// Makes a new key pair for the device `id`; the id must be valid.
  ///
  /// - Throws: an error of the cryptographic library, which means a bug or no entropy.
  public static func generate(id: String, algorithm: DeviceAlgorithm) throws -> DeviceIdentity {
    precondition(isValid(id: id))
    switch algorithm {
    case .es256:
      let key = P256.Signing.PrivateKey()
      return DeviceIdentity(
        id: id, algorithm: algorithm, privateKeyDER: Array(key.derRepresentation),
        publicKeyPEM: key.publicKey.pemRepresentation)
    case .rs256:
      let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
      return DeviceIdentity(
        id: id, algorithm: algorithm, privateKeyDER: Array(key.pkcs8DERRepresentation),
        publicKeyPEM: key.publicKey.pemRepresentation)
    }
  }

  /// Makes new key pairs for all of `ids`, on all cores, in the order of `ids`.
  ///
  /// `progress` is told after each key how many of how many are done; its calls never overlap.
  public static func generate(
    ids: [String], algorithm: DeviceAlgorithm,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> [DeviceIdentity] {
    try await withThrowingTaskGroup(of: (Int, DeviceIdentity).self) { group in
      for (index, id) in ids.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return (index, try generate(id: id, algorithm: algorithm))
        }
      }
      var identities = [DeviceIdentity?](repeating: nil, count: ids.count)
      var done = 0
      for try await (index, identity) in group {
        identities[index] = identity
        done += 1
        progress(done, ids.count)
      }
      return identities.compactMap { $0 }
    }
  }
}
