public import MbedTLSAdapter

/// Memory that stays where it is.
final class Storage {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int, alignment: Int) {
    bytes = .allocate(byteCount: byteCount, alignment: alignment)
  }

  deinit { bytes.deallocate() }
}

/// Roots with their storage.
public final class Roots: Sendable {
  // Destroyed in this order: first the roots, then the memory they lie in.
  nonisolated(unsafe) private(set) var value: MbedTLSRoots
  private nonisolated(unsafe) let storage: Storage

  /// Takes certificates in DER.
  public init(_ certificates: [[UInt8]]) throws {
    let storage = Storage(
      byteCount: MbedTLSRoots.storageByteCount, alignment: MbedTLSRoots.storageAlignment)
    var roots = MbedTLSRoots(unsafeStorage: storage.bytes)
    for certificate in certificates { try roots.add(der: certificate.span) }
    value = roots
    self.storage = storage
  }

  /// Takes one more certificate; nobody else may use the roots meanwhile.
  public func add(_ certificate: [UInt8]) throws { try value.add(der: certificate.span) }

  /// The number of roots.
  public var count: Int { value.count }
}

/// A backend with its storage.
public final class Client {
  // Destroyed in this order: the backend, the memory it lies in, the roots it points to.
  /// The backend itself.
  public var backend: MbedTLSBackend
  private let storage: Storage
  private let roots: Roots

  /// Creates a backend, with the seed 0, 1, 2, … unless `seeded` is false.
  public init(roots: Roots, seeded: Bool = true) throws {
    storage = Storage(
      byteCount: MbedTLSBackend.storageByteCount, alignment: MbedTLSBackend.storageAlignment)
    self.roots = roots
    backend = MbedTLSBackend(unsafeStorage: storage.bytes, roots: roots.value)
    if seeded { try backend.seed([UInt8](0..<48).span) }
  }

  /// Creates a backend that trusts nobody.
  public convenience init(seeded: Bool = true) throws {
    try self.init(roots: Roots([]), seeded: seeded)
  }
}
