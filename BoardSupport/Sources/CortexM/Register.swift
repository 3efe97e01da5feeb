import _Volatile

/// A register of 32 bits at a fixed address, which the compiler reads and writes just as told.
///
/// Drivers name their registers with it, so that an address stands in one place each.
@safe
public struct Register: Sendable {
  private let address: UInt

  /// Names the register at `address`, which the data sheet must say is one.
  public init(_ address: UInt) { self.address = address }

  /// Reads the register.
  public func load() -> UInt32 {
    // The driver that names the register vouches for its address.
    unsafe VolatileMappedRegister<UInt32>(unsafeBitPattern: address).load()
  }

  /// Writes the register.
  public func store(_ value: UInt32) {
    // As above.
    unsafe VolatileMappedRegister<UInt32>(unsafeBitPattern: address).store(value)
  }

  /// Sets the bits of `mask` and leaves the others.
  public func set(_ mask: UInt32) { store(load() | mask) }

  /// Waits until one of the bits of `mask` is set, for as many readings as hardware may ever need.
  ///
  /// A register that never obeys must not hold up the board: what depends on it fails later, and
  /// says so.
  public func wait(for mask: UInt32) {
    for _ in 0..<1_000_000 where load() & mask != 0 { return }
  }
}
