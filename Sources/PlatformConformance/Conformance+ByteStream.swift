public import Platform
import Units

extension Conformance {
  /// Checks a byte stream; the connection that is open before is dropped, none is left behind.
  public static func checkByteStream<
    Target: ByteStream & MonotonicClock & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, peers: StreamPeers, _ reporter: inout Reporter) {
    let isOpen = connect(&platform, to: peers.echo) == .open
    reporter.report("stream: connects", holds: isOpen)
    guard isOpen else {
      platform.disconnect()
      return skipExchange(&reporter)
    }
    reporter.report("stream: reads zero while nothing has arrived", holds: isSilent(&platform))
    reporter.report(
      "stream: carries bytes whole and in order", holds: echoes(&platform, seed: 0x21))
    reporter.report(
      "stream: a new connection knows nothing of the one before",
      holds: replacesConnection(&platform, peers.echo))
    platform.disconnect()
    platform.disconnect()
    reporter.report("stream: disconnecting twice does no harm", .passed)
    reporter.report(
      "stream: connects again",
      holds: connect(&platform, to: peers.echo) == .open && echoes(&platform, seed: 0x43))
    platform.disconnect()
    checkFarewell(&platform, peers.farewell, &reporter)
    let dead = connect(&platform, to: peers.dead)
    reporter.report(
      "stream: a port that nobody listens on is refused or unreachable",
      holds: dead == .failed(.refused) || dead == .failed(.unreachable))
    platform.disconnect()
  }

  /// What became of an attempt to connect.
  private enum Attempt: Equatable {
    case open
    case failed(PlatformFailureKind)
    case unanswered
  }

  private static func skipExchange<Reporter: ConformanceReporter & ~Copyable>(
    _ reporter: inout Reporter
  ) {
    reporter.report("stream: reads zero while nothing has arrived", .skipped)
    reporter.report("stream: carries bytes whole and in order", .skipped)
    reporter.report("stream: a new connection knows nothing of the one before", .skipped)
    reporter.report("stream: disconnecting twice does no harm", .skipped)
    reporter.report("stream: connects again", .skipped)
    reporter.report("stream: hands out all bytes before it says that the peer closed", .skipped)
    reporter.report("stream: a port that nobody listens on is refused or unreachable", .skipped)
  }

  private static func connect<Target: ByteStream & MonotonicClock & ~Copyable>(
    _ platform: inout Target, to endpoint: Endpoint
  ) -> Attempt {
    do {
      try platform.connect(to: endpoint)
      var patience = Patience(Limits.connection, now: platform.now())
      while !patience.isOver(platform.now()) {
        if try platform.isConnected() { return .open }
      }
      return .unanswered
    } catch {
      return .failed(error.kind)
    }
  }

  private static func isSilent<Target: ByteStream & MonotonicClock & ~Copyable>(
    _ platform: inout Target
  ) -> Bool {
    var bytes = [16 of UInt8](repeating: 0)
    var patience = Patience(Limits.silence, now: platform.now())
    do {
      while !patience.isOver(platform.now()) {
        var space = bytes.mutableSpan
        guard try platform.read(into: &space) == 0 else { return false }
      }
      return true
    } catch {
      return false
    }
  }

  /// Sends a pattern and reads it back at the same time, as neither side has room for all of it.
  private static func echoes<Target: ByteStream & MonotonicClock & ~Copyable>(
    _ platform: inout Target, seed: UInt8
  ) -> Bool {
    var sent = 0
    var received = 0
    var patience = Patience(Limits.exchange, now: platform.now())
    do {
      while received < Limits.streamBytes {
        let isSent = try sendPattern(&platform, seed, &sent)
        guard let count = try receivePattern(&platform, seed, received) else { return false }
        received += count
        // More than was sent cannot come back.
        guard isSent, received <= sent else { return false }
        if count > 0 {
          patience = Patience(Limits.exchange, now: platform.now())
        } else if patience.isOver(platform.now()) {
          return false
        }
      }
      return true
    } catch {
      return false
    }
  }

  /// Writes the next piece of the pattern; false if more is said to be taken than was given.
  private static func sendPattern<Target: ByteStream & ~Copyable>(
    _ platform: inout Target, _ seed: UInt8, _ sent: inout Int
  ) throws(Target.StreamFailure) -> Bool {
    var bytes = [61 of UInt8](repeating: 0)
    for index in bytes.indices { bytes[index] = pattern(seed, sent + index) }
    let length = min(bytes.count, Limits.streamBytes - sent)
    guard length > 0 else { return true }
    let count = try platform.write(bytes.span.extracting(first: length))
    sent += count
    return count >= 0 && count <= length
  }

  /// Reads a piece of the pattern; nil if it is another one.
  private static func receivePattern<Target: ByteStream & ~Copyable>(
    _ platform: inout Target, _ seed: UInt8, _ received: Int
  ) throws(Target.StreamFailure) -> Int? {
    var bytes = [47 of UInt8](repeating: 0)
    var space = bytes.mutableSpan
    let count = try platform.read(into: &space)
    guard count >= 0, count <= bytes.count else { return nil }
    for index in 0..<count where bytes[index] != pattern(seed, received + index) { return nil }
    return count
  }

  /// Its period of 251 is prime to all sizes of buffers, so that a lost piece shows.
  private static func pattern(_ seed: UInt8, _ index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: index % 251) ^ seed
  }

  /// Leaves bytes on their way, connects once more and looks for them.
  private static func replacesConnection<Target: ByteStream & MonotonicClock & ~Copyable>(
    _ platform: inout Target, _ endpoint: Endpoint
  ) -> Bool {
    var sent = 0
    do {
      guard try sendPattern(&platform, 0x7F, &sent) else { return false }
    } catch {
      return false
    }
    return connect(&platform, to: endpoint) == .open && isSilent(&platform)
      && echoes(&platform, seed: 0x32)
  }

  private static func checkFarewell<
    Target: ByteStream & MonotonicClock & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, _ endpoint: Endpoint?, _ reporter: inout Reporter) {
    let name: StaticString = "stream: hands out all bytes before it says that the peer closed"
    guard let endpoint else { return reporter.report(name, .skipped) }
    reporter.report(
      name, holds: connect(&platform, to: endpoint) == .open && endsAfterBytes(&platform))
    platform.disconnect()
  }

  private static func endsAfterBytes<Target: ByteStream & MonotonicClock & ~Copyable>(
    _ platform: inout Target
  ) -> Bool {
    var bytes = [16 of UInt8](repeating: 0)
    var received = 0
    var patience = Patience(Limits.exchange, now: platform.now())
    do {
      while !patience.isOver(platform.now()) {
        var space = bytes.mutableSpan
        received += try platform.read(into: &space)
      }
      return false
    } catch {
      return error.kind == .closed && received > 0
    }
  }
}
