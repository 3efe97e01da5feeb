import CLinux
import Glibc
public import Platform
public import Units

/// What one device sees of a Linux machine: its clock, its entropy, one TCP and one UDP socket.
///
/// No call blocks. Where an `epoll` instance is given, both sockets are registered with it, edge
/// triggered, under the device's token: the caller then sleeps in `epoll_wait` for thousands of
/// devices at once.
public struct HostPlatform: ~Copyable {
  var stream: Int32 = -1
  var streamIsOpen = false
  var datagrams: Int32 = -1
  let names: NameCache
  private let epoll: Int32
  private let token: UInt64
  let source: IPAddress?

  /// What the device spends its time on now.
  public private(set) var powerState = PowerState.active
  /// Bytes that went through TCP sockets.
  public internal(set) var bytesSent = 0
  /// Bytes that came through TCP sockets.
  public internal(set) var bytesReceived = 0
  /// When the parts of the latest attempt to connect began and ended.
  public internal(set) var moments = ConnectionMoments()

  /// Creates a platform without sockets.
  ///
  /// - Parameters:
  ///   - names: The shared cache of host names.
  ///   - epoll: The descriptor of an epoll instance, or -1 for a caller that polls.
  ///   - token: What epoll reports for this device's sockets.
  ///   - source: The local address that TCP connections of its family leave from; nil leaves the
  ///     choice to the kernel. Each source address has ports of its own.
  public init(
    names: NameCache, epoll: Int32 = -1, token: UInt64 = 0, source: IPAddress? = nil
  ) {
    self.names = names
    self.epoll = epoll
    self.token = token
    self.source = source
  }

  deinit {
    if stream >= 0 { Glibc.close(stream) }
    if datagrams >= 0 { Glibc.close(datagrams) }
  }

  func makeSocket(family: Int32, kind: __socket_type) throws(SystemFailure) -> Int32 {
    let type = Int32(kind.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(family, type, 0)
    guard descriptor >= 0 else { throw .latest }
    guard epoll >= 0 else { return descriptor }
    guard clinux_epoll_add(epoll, descriptor, token) == 0 else {
      let failure = SystemFailure.latest
      Glibc.close(descriptor)
      throw failure
    }
    return descriptor
  }
}

extension HostPlatform: MonotonicClock {
  /// The present moment.
  public mutating func now() -> Instant { Self.now() }

  /// The machine's monotonic clock, which counts through suspension too.
  public static func now() -> Instant { Instant(milliseconds: nanoseconds() / 1_000_000) }

  /// The same clock, finer than a device needs it: for measurements.
  public static func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

extension HostPlatform: EntropySource {
  /// Fills `space` from the kernel's generator.
  public mutating func fillEntropy(
    _ space: inout MutableSpan<UInt8>
  ) throws(SystemFailure) {
    let status = space.withUnsafeMutableBufferPointer { clinux_random($0.baseAddress, $0.count) }
    guard status == 0 else { throw .latest }
  }
}

extension HostPlatform: NameResolver {
  /// Asks the shared cache, which asks the system in the background.
  public mutating func resolve(_ host: Span<UInt8>) throws(SystemFailure) -> Resolution {
    let name = host.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    moments.asked(at: Self.nanoseconds())
    let resolution: Resolution
    do { resolution = try names.resolve(name) } catch {
      moments.lookupBegan = 0
      throw error
    }
    if case .address = resolution { moments.lookupEnded = Self.nanoseconds() }
    return resolution
  }
}

extension HostPlatform: PowerStateMeter {
  /// Notes what the device spends its time on.
  public mutating func enter(_ state: PowerState) {
    if powerState == .handshake { moments.handshakeComputed = Self.nanoseconds() }
    powerState = state
  }
}

extension HostPlatform: Watchdog {
  /// Does nothing: the machine is not reset when a simulated device hangs; tests notice.
  public mutating func feedWatchdog() {}
}

extension HostPlatform: Console {
  /// Writes `text` to standard error.
  public mutating func print(_ text: Span<UInt8>) {
    text.withUnsafeBufferPointer { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
