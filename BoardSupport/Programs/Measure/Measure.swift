import Board
import BoardPlatform
import CBoard
import TimeKeeping

nonisolated(unsafe) private var session = Session()

/// Counts the instructions of each operation that costs a device time, with the very libraries that
/// ship, in an emulator that has an instruction take a nanosecond (Tools/measure.sh).
///
/// The server is on the same board, and what it does is not counted; nor is the IP stack. Client
/// and server draw from generators with fixed seeds, so that the figures are the same each time.
@main
struct Measure {
  private var report = Report()
  private var stackPeak = 0

  static func main() {
    Board.startForMeasuring()
    Stopwatch.setUp()
    var program = Measure()
    let time = trustedTime()
    program.measureSignatures()
    program.measureRSASignatures()
    program.measureHashes()
    program.measureCurves()
    program.measureFullHandshakes(at: time)
    program.measureResumption(at: time)
    // Nobody else uses the variable.
    unsafe program.measureSession(&session, at: time)
    program.report.add("stackPeakBytes", program.stackPeak)
    program.report.finish()
  }

  /// 2022-01-01, when all test certificates are valid.
  private static func trustedTime() -> TrustedTime {
    let date = UnixTime(seconds: 1_640_995_200)
    var clock = TrustedClock(floor: date)
    let sample = TimeSample(
      time: date, at: Session.instant, uncertainty: Interval(milliseconds: 20), stratum: 1)
    do { try clock.accept(sample, now: Session.instant) } catch { Report.fail("no time") }
    guard let time = clock.time(at: Session.instant) else { Report.fail("no time") }
    return time
  }

  /// Adds what `client` did since its watch was new, divided by `times`.
  private mutating func add(_ name: StaticString, _ client: inout Client, times: Int = 1) {
    add(name, &client.watch, times: times)
  }

  /// Adds what `watch` has counted, divided by `times`, and makes it new.
  mutating func add(_ name: StaticString, _ watch: inout Stopwatch, times: Int = 1) {
    report.add(name, watch.instructions(clockHertz: Board.clockHertz) / times)
    stackPeak = max(stackPeak, watch.stackPeakBytes)
    watch = Stopwatch()
  }
}

// MARK: - Operations

extension Measure {
  /// As long as what a token's signature covers.
  private static var message: StaticString {
    """
    eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE2NDA5OTUyMDAsImV4cCI6MTY0MTA4MTYwMCwiYXVkIjoi\
    d2FybS1yb29tcyJ9
    """
  }

  private mutating func measureSignatures() {
    let times = 4
    var client = Client(root: TestKeys.ecRoot, key: TestKeys.device)
    var signature = FixedBytes<64>()
    for _ in 0..<times {
      signature.removeAll()
      client.sign(Self.message.bytes, into: &signature)
    }
    add("es256Sign", &client, times: times)
    client.watch.start()
    let isRight = client.backend.verifyES256(
      signature.span, of: Self.message.bytes, publicKey: TestKeys.devicePoint)
    client.watch.stop()
    guard isRight else { Report.fail("ES256 is wrong") }
    add("es256Verify", &client)
  }

  private mutating func measureRSASignatures() {
    var client = Client(root: TestKeys.rsaRoot, key: TestKeys.deviceRSA)
    var signature = FixedBytes<256>()
    client.sign(Self.message.bytes, into: &signature)
    add("rs256Sign", &client)
    client.watch.start()
    let isRight = client.backend.verifyRS256(
      signature.span, of: Self.message.bytes, modulus: TestKeys.deviceModulus,
      exponent: StaticString("\u{1}\u{0}\u{1}").bytes)
    client.watch.stop()
    guard isRight else { Report.fail("RS256 is wrong") }
    add("rs256Verify", &client)
  }

  private mutating func measureHashes() {
    let times = 100
    var client = Client(root: TestKeys.ecRoot, key: TestKeys.device)
    for _ in 0..<times { client.authenticate(Self.message.bytes) }
    add("hmacSHA256", &client, times: times)
  }
}

// MARK: - Handshakes

extension Measure {
  private mutating func measureFullHandshakes(at time: TrustedTime) {
    Server.start(.rsa)
    measureFullHandshake(
      "fullHandshakeRSAChain", heap: "heapPeakBytesRSAChain", root: TestKeys.rsaRoot, at: time)
    Server.start(.ec)
    measureFullHandshake(
      "fullHandshakeECChain", heap: "heapPeakBytesECChain", root: TestKeys.ecRoot, at: time)
    Server.start(.rsa, asksForCertificate: true)
    measureFullHandshake(
      "fullHandshakeClientCertificate", heap: "heapPeakBytesClientCertificate",
      root: TestKeys.rsaRoot, certificate: TestKeys.deviceCertificate, at: time)
  }

  private mutating func measureFullHandshake(
    _ name: StaticString, heap: StaticString, root: Span<UInt8>,
    certificate: Span<UInt8> = Span(), at time: TrustedTime
  ) {
    var client = Client(root: root, key: TestKeys.device, certificate: certificate)
    client.connect(at: time, isResumed: false)
    add(name, &client)
    report.add(heap, board_heap_peak())
  }

  private mutating func measureResumption(at time: TrustedTime) {
    Server.start(.rsa)
    var client = Client(root: TestKeys.rsaRoot, key: TestKeys.device)
    client.connect(at: time, isResumed: false)
    client.backend.close()
    client.backend.reset()
    client.watch = Stopwatch()
    client.connect(at: time, isResumed: true)
    add("resumedHandshake", &client)
  }
}

// MARK: - Sessions

extension Measure {
  private mutating func measureSession(_ session: inout Session, at time: TrustedTime) {
    let times = 20
    Server.start(.rsa)
    var client = Client(root: TestKeys.rsaRoot, key: TestKeys.device)
    session.sign(&client, at: time)
    client.connect(at: time, isResumed: false)
    session.join(&client, at: time)
    client.watch = Stopwatch()
    for _ in 0..<times { session.publish(&client) }
    add("publish", &client, times: times)
    refresh(&session, &client, at: time, isResumed: true)
    add("tokenRefresh", &client)
    client.backend.forgetSession()
    refresh(&session, &client, at: time, isResumed: false)
    add("tokenRefreshFullHandshake", &client)
    report.add("heapPeakBytesRefresh", board_heap_peak())
  }

  /// All that the client does from one token to the next: signature, farewell, handshake, CONNECT.
  private func refresh(
    _ session: inout Session, _ client: inout Client, at time: TrustedTime, isResumed: Bool
  ) {
    session.sign(&client, at: time)
    session.leave(&client)
    client.connect(at: time, isResumed: isResumed)
    session.join(&client, at: time)
  }
}
