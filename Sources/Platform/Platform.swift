/// Everything that the device engine asks of the world while it is driven.
///
/// The remaining protocols of this module serve parts of it: flash the store, the sensor and the
/// console the application, the meter the energy account.
public typealias NetworkPlatform = MonotonicClock & EntropySource & NameResolver & ByteStream
  & DatagramSocket & ~Copyable
