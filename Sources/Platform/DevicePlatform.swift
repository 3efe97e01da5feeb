/// Everything that the device engine asks of the world while it is driven.
///
/// The flash is that of the outbox; without blocks in the device's configuration it is never
/// touched. The remaining protocols of this module serve what stands beside it: sensor and console.
public typealias DevicePlatform = MonotonicClock & EntropySource & NameResolver & ByteStream
  & DatagramSocket & FlashRegion & PowerStateMeter & Watchdog & ~Copyable
