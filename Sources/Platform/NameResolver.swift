/// Finds the addresses of host names.
///
/// For implementers: never blocks. The same name is asked again until the answer is not `pending`.
public protocol NameResolver: ~Copyable {
  /// Why a name could not be resolved.
  associatedtype ResolutionFailure: PlatformFailure
  /// Asks for an address of `host`, a name or a numeric address in ASCII.
  mutating func resolve(_ host: Span<UInt8>) throws(ResolutionFailure) -> Resolution
}

/// How far the search for an address has come.
public enum Resolution: Sendable {
  /// Not yet known; ask again later.
  case pending
  /// The host has this address.
  case address(IPAddress)
}
