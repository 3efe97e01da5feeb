import CMbedTLS
import TLS

/// The cryptography of one device by mbedTLS: its random generator, key, certificates and TLS.
///
/// The library's contexts hold pointers to themselves, so they lie in storage that the owner
/// provides and that never moves; this value only points there and may be moved at will. Its end
/// frees what the library allocated and wipes the storage, which the owner may then use again.
///
/// One thread at a time uses a backend. Different backends, also those that share roots, may run on
/// different threads.
@safe
public struct MbedTLSBackend: ~Copyable {
  /// Where the TLS connection stands.
  enum Connection {
    /// There is none, or it was closed in good order by us.
    case idle
    /// The handshake is under way.
    case handshaking
    /// Plaintext can flow.
    case open
    /// It is over; only a new one leaves this state.
    case failed(SecureStreamFailure)
  }

  /// The context, inside the owner's storage, set up by `init` and freed by `deinit`.
  let client: OpaquePointer

  /// Where the TLS connection stands; changed by `MbedTLSBackend+TLS.swift` alone.
  var connection = Connection.idle

  /// The version of the library in use, such as 2, 28 and 3.
  public static var libraryVersion: (major: UInt8, minor: UInt8, patch: UInt8) {
    let number = swiftlet_library_version()
    return (
      UInt8(truncatingIfNeeded: number &>> 24), UInt8(truncatingIfNeeded: number &>> 16),
      UInt8(truncatingIfNeeded: number &>> 8)
    )
  }

  /// The number of bytes that a backend needs.
  public static var storageByteCount: Int { swiftlet_client_size() }

  /// The alignment that a backend's storage needs, in bytes.
  public static var storageAlignment: Int { swiftlet_client_alignment() }

  /// Creates a backend without key, certificates and seed.
  ///
  /// - Precondition: the storage has `storageByteCount` bytes or more, aligned to
  ///   `storageAlignment`.
  /// - Warning: storage and roots must stay where they are, and nobody else may use the storage, as
  ///   long as the backend lives.
  public init(unsafeStorage storage: UnsafeMutableRawBufferPointer, roots: borrowing MbedTLSRoots) {
    // The address is inside the caller's storage, whose size and alignment are checked.
    unsafe client = storage.contextAddress(
      byteCount: Self.storageByteCount, alignment: Self.storageAlignment)
    // The caller vouches for the storage and for the life of the roots.
    unsafe swiftlet_client_init(client, roots.roots)
  }

  deinit {
    // Set up by `init`, and freed nowhere else.
    unsafe swiftlet_client_free(client)
  }
}

// The storage has one owner, this value, which is never shared while it is changed; roots are only
// read. What the library keeps outside of contexts it guards itself or does not change.
extension MbedTLSBackend: @unchecked Sendable {}
