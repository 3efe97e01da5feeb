public import Platform
import Units

extension Conformance {
  /// Checks a datagram socket against a peer that sends every datagram back; none is left open.
  public static func checkDatagramSocket<
    Target: DatagramSocket & MonotonicClock & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, echo: Endpoint, _ reporter: inout Reporter) {
    let isOpen = open(&platform, echo)
    reporter.report("datagrams: opens", holds: isOpen)
    guard isOpen else { return skipDatagrams(&reporter) }
    reporter.report(
      "datagrams: receives zero while nothing has arrived", holds: staysEmpty(&platform))
    reporter.report("datagrams: carries a datagram whole", holds: returnsWhole(&platform))
    reporter.report(
      "datagrams: cuts off what is longer than the space", holds: cutsOff(&platform, echo))
    reporter.report(
      "datagrams: a socket opened anew knows nothing of the one before",
      holds: forgets(&platform, echo))
    platform.closeDatagrams()
    platform.closeDatagrams()
    reporter.report("datagrams: closing twice does no harm", .passed)
    reporter.report(
      "datagrams: opens again", holds: open(&platform, echo) && returnsWhole(&platform))
    platform.closeDatagrams()
  }

  private static func skipDatagrams<Reporter: ConformanceReporter & ~Copyable>(
    _ reporter: inout Reporter
  ) {
    reporter.report("datagrams: receives zero while nothing has arrived", .skipped)
    reporter.report("datagrams: carries a datagram whole", .skipped)
    reporter.report("datagrams: cuts off what is longer than the space", .skipped)
    reporter.report("datagrams: a socket opened anew knows nothing of the one before", .skipped)
    reporter.report("datagrams: closing twice does no harm", .skipped)
    reporter.report("datagrams: opens again", .skipped)
  }

  private static func open<Target: DatagramSocket & ~Copyable>(
    _ platform: inout Target, _ endpoint: Endpoint
  ) -> Bool {
    do {
      try platform.openDatagrams(to: endpoint)
      return true
    } catch {
      return false
    }
  }

  /// Receives one datagram; its length, or nil if none comes in time or the socket fails.
  private static func receive<
    Target: DatagramSocket & MonotonicClock & ~Copyable, let size: Int
  >(_ platform: inout Target, _ bytes: inout [size of UInt8], within limit: Interval) -> Int? {
    var patience = Patience(limit, now: platform.now())
    do {
      while !patience.isOver(platform.now()) {
        var space = bytes.mutableSpan
        let count = try platform.receive(into: &space)
        if count != 0 { return count }
      }
    } catch {
      return nil
    }
    return nil
  }

  private static func staysEmpty<Target: DatagramSocket & MonotonicClock & ~Copyable>(
    _ platform: inout Target
  ) -> Bool {
    var bytes = [64 of UInt8](repeating: 0)
    do {
      var patience = Patience(Limits.silence, now: platform.now())
      while !patience.isOver(platform.now()) {
        var space = bytes.mutableSpan
        guard try platform.receive(into: &space) == 0 else { return false }
      }
      return true
    } catch {
      return false
    }
  }

  private static func send<Target: DatagramSocket & ~Copyable>(
    _ platform: inout Target, seed: UInt8
  ) -> Bool {
    do {
      let bytes = datagram(seed)
      try platform.send(bytes.span)
      return true
    } catch {
      return false
    }
  }

  /// As long as an SNTP packet, and no two bytes alike.
  private static func datagram(_ seed: UInt8) -> [48 of UInt8] {
    var bytes = [48 of UInt8](repeating: 0)
    for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: index) &+ seed }
    return bytes
  }

  private static func returnsWhole<Target: DatagramSocket & MonotonicClock & ~Copyable>(
    _ platform: inout Target
  ) -> Bool {
    for attempt in 0..<Limits.datagramAttempts {
      let seed = UInt8(truncatingIfNeeded: attempt * 48)
      guard send(&platform, seed: seed) else { return false }
      var bytes = [64 of UInt8](repeating: 0)
      guard let count = receive(&platform, &bytes, within: Limits.datagramAnswer) else { continue }
      return count == 48 && isPrefix(bytes, of: datagram(seed), count)
    }
    return false
  }

  /// Offers too little space; the rest must neither be written somewhere nor come as a datagram.
  private static func cutsOff<Target: DatagramSocket & MonotonicClock & ~Copyable>(
    _ platform: inout Target, _ echo: Endpoint
  ) -> Bool {
    for attempt in 0..<Limits.datagramAttempts {
      // A late answer to an earlier attempt must not be taken for the rest of this one.
      guard open(&platform, echo) else { return false }
      let seed = UInt8(truncatingIfNeeded: attempt * 48)
      guard send(&platform, seed: seed) else { return false }
      var bytes = [16 of UInt8](repeating: 0)
      guard let count = receive(&platform, &bytes, within: Limits.datagramAnswer) else { continue }
      return count == 16 && isPrefix(bytes, of: datagram(seed), count) && staysEmpty(&platform)
    }
    return false
  }

  /// Leaves an answer on its way, opens the socket anew and looks for it.
  private static func forgets<Target: DatagramSocket & MonotonicClock & ~Copyable>(
    _ platform: inout Target, _ echo: Endpoint
  ) -> Bool {
    guard send(&platform, seed: 0x99) else { return false }
    return open(&platform, echo) && staysEmpty(&platform)
  }

  private static func isPrefix<let size: Int>(
    _ bytes: [size of UInt8], of whole: [48 of UInt8], _ count: Int
  ) -> Bool {
    for index in 0..<count where bytes[index] != whole[index] { return false }
    return true
  }
}
