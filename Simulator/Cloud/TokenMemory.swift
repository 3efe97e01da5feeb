import Crypto

/// Remembers the tokens of devices, by digest, to notice those that come again.
struct TokenMemory: Sendable {
  /// How many refused tokens are remembered for each device.
  static let refusedMaximum = 8

  private var last: [String: SHA256Digest] = [:]
  private var refused: [String: [SHA256Digest]] = [:]

  /// What is known of a token that a device shows.
  struct Sighting: Equatable {
    /// It is another one than the last.
    let isNew: Bool
    /// It was refused before.
    let wasRefused: Bool
  }

  /// Notes that `device` shows `token`.
  mutating func see(_ token: [UInt8], device: String) -> Sighting {
    let digest = SHA256.hash(data: token)
    let isNew = last.updateValue(digest, forKey: device) != digest
    return Sighting(isNew: isNew, wasRefused: refused[device, default: []].contains(digest))
  }

  /// Notes that `token` was refused.
  mutating func refuse(_ token: [UInt8], device: String) {
    let digest = SHA256.hash(data: token)
    var digests = refused[device, default: []]
    guard !digests.contains(digest) else { return }
    if digests.count == Self.refusedMaximum { digests.removeFirst() }
    digests.append(digest)
    refused[device] = digests
  }
}
