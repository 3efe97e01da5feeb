import Cryptography

/// Signs with a fixed signature and remembers what it was given.
struct FakeSigner: TokenSigner, ~Copyable {
  let signatureAlgorithm: SignatureAlgorithm
  let signature: [UInt8]
  var failure: SigningFailure?
  private(set) var message: [UInt8] = []
  private(set) var signatureCount = 0

  init(_ algorithm: SignatureAlgorithm = .es256, signature: [UInt8]? = nil) {
    signatureAlgorithm = algorithm
    self.signature = signature ?? [UInt8](repeating: 0x5A, count: 64)
  }

  mutating func sign(
    _ message: Span<UInt8>, into space: inout MutableSpan<UInt8>
  ) throws(SigningFailure) -> Int {
    if let failure { throw failure }
    guard signature.count <= space.count else { throw .overflow }
    self.message = []
    for index in message.indices { self.message.append(message[index]) }
    for index in signature.indices { space[index] = signature[index] }
    signatureCount += 1
    return signature.count
  }
}
