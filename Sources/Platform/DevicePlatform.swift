/// Everything that the device engine asks of the world while it is driven.
///
/// The remaining protocols of this module serve what stands beside it: flash the store, sensor and
/// console the application.
public typealias DevicePlatform = MonotonicClock & EntropySource & NameResolver & ByteStream
  & DatagramSocket & PowerStateMeter & Watchdog & ~Copyable
