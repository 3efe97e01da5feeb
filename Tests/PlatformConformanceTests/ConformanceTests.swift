import Platform
import PlatformConformance
import Testing

/// Sound fakes pass every check; each broken one fails the check that is made for it.
@Suite struct ConformanceTests {
  static func clock(_ defect: FakeClock.Defect?) -> CollectingReporter {
    var platform = FakeClock(defect)
    var reporter = CollectingReporter()
    Conformance.checkMonotonicClock(&platform, &reporter)
    return reporter
  }

  static func entropy(_ defect: FakeEntropy.Defect?) -> CollectingReporter {
    var platform = FakeEntropy(defect)
    var reporter = CollectingReporter()
    Conformance.checkEntropySource(&platform, &reporter)
    return reporter
  }

  static func flash(_ platform: FakeFlash) -> CollectingReporter {
    var platform = platform
    var reporter = CollectingReporter()
    Conformance.checkFlashRegion(&platform, &reporter)
    return reporter
  }

  static func stream(
    _ defect: FakeStream.Defect?, farewell: Endpoint? = .farewell
  ) -> CollectingReporter {
    var platform = FakeStream(defect)
    var reporter = CollectingReporter()
    let peers = StreamPeers(echo: .echo, dead: .dead, farewell: farewell)
    Conformance.checkByteStream(&platform, peers: peers, &reporter)
    return reporter
  }

  static func datagrams(_ defect: FakeDatagrams.Defect?) -> CollectingReporter {
    var platform = FakeDatagrams(defect)
    var reporter = CollectingReporter()
    Conformance.checkDatagramSocket(&platform, echo: .echo, &reporter)
    return reporter
  }

  static func names(_ platform: FakeResolver) -> CollectingReporter {
    var platform = platform
    var reporter = CollectingReporter()
    let numeric = Array("10.1.2.3".utf8)
    let unknown = Array("nowhere.invalid".utf8)
    Conformance.checkNameResolver(
      &platform, numeric: numeric.span, address: .v4([10, 1, 2, 3]), unknown: unknown.span,
      &reporter)
    return reporter
  }

  @Test func soundPlatformsPassEveryCheck() {
    let reports = [
      Self.clock(nil), Self.entropy(nil), Self.flash(FakeFlash()), Self.stream(nil),
      Self.datagrams(nil), Self.names(FakeResolver()),
    ]
    #expect(reports.map { $0.names(.passed).count } == [3, 6, 10, 8, 7, 2])
    for report in reports {
      #expect(report.names(.failed) == [])
      #expect(report.names(.skipped) == [])
      #expect(Set(report.names).count == report.names.count)
    }
  }

  @Test(arguments: [(1, 64, 2), (4, 48, 2), (64, 64, 3), (64, 4_096, 2), (2, 2, 2)])
  func flashOfEverySizePasses(unit: Int, blockSize: Int, blockCount: Int) {
    let report = Self.flash(FakeFlash(unit: unit, blockSize: blockSize, blockCount: blockCount))
    #expect(report.names(.failed) == [])
  }

  @Test(
    arguments: zip(
      FakeClock.Defect.allCases,
      [
        "clock: never goes back", "clock: moves", "clock: steps are 20 ms at most",
      ]))
  func brokenClocksFail(_ defect: FakeClock.Defect, _ check: String) {
    #expect(Self.clock(defect).names(.failed) == [check])
  }

  @Test(
    arguments: zip(
      FakeEntropy.Defect.allCases,
      [
        "is given", "is not constant", "is not constant", "does not repeat itself",
        "does not repeat itself", "fills the whole space", "fills a space of any size",
        "has as many ones as zeros, roughly",
      ]))
  func brokenEntropyFails(_ defect: FakeEntropy.Defect, _ check: String) {
    #expect(Self.entropy(defect).names(.failed).contains("entropy: " + check))
  }

  @Test(
    arguments: zip(
      FakeFlash.Defect.allCases,
      [
        "an erased block reads 0xFF", "an erased block reads 0xFF",
        "erasing leaves other blocks alone",
        "an erased block reads 0xFF", "programmed bytes read back", "programmed bytes read back",
        "programming leaves the rest of the block alone",
        "the last unit of a block can be programmed",
        "programming leaves other blocks alone", "an erased block reads 0xFF",
        "reads begin and end anywhere", "reading changes nothing", "the sizes never change",
      ]))
  func brokenFlashFails(_ defect: FakeFlash.Defect, _ check: String) {
    #expect(Self.flash(FakeFlash(defect)).names(.failed).contains("flash: " + check))
  }

  @Test(
    arguments: zip(
      FakeStream.Defect.allCases,
      [
        "connects", "connects", "reads zero while nothing has arrived",
        "reads zero while nothing has arrived", "carries bytes whole and in order",
        "carries bytes whole and in order", "carries bytes whole and in order",
        "carries bytes whole and in order", "reads zero while nothing has arrived",
        "a new connection knows nothing of the one before", "connects again", "connects again",
        "a port that nobody listens on is refused or unreachable",
        "a port that nobody listens on is refused or unreachable",
        "a port that nobody listens on is refused or unreachable",
        "hands out all bytes before it says that the peer closed",
        "hands out all bytes before it says that the peer closed",
        "hands out all bytes before it says that the peer closed", "connects",
      ]))
  func brokenStreamsFail(_ defect: FakeStream.Defect, _ check: String) {
    #expect(Self.stream(defect).names(.failed).contains("stream: " + check))
  }

  @Test func aPeerThatClosesIsOptional() {
    let report = Self.stream(nil, farewell: nil)
    #expect(report.names(.failed) == [])
    let check = "stream: hands out all bytes before it says that the peer closed"
    #expect(report.names(.skipped) == [check])
  }

  @Test(
    arguments: zip(
      FakeDatagrams.Defect.allCases,
      [
        "opens", "receives zero while nothing has arrived",
        "receives zero while nothing has arrived",
        "carries a datagram whole", "carries a datagram whole", "carries a datagram whole",
        "carries a datagram whole", "cuts off what is longer than the space",
        "cuts off what is longer than the space",
        "a socket opened anew knows nothing of the one before", "opens again",
      ]))
  func brokenDatagramsFail(_ defect: FakeDatagrams.Defect, _ check: String) {
    #expect(Self.datagrams(defect).names(.failed).contains("datagrams: " + check))
  }

  @Test(
    arguments: zip(
      FakeResolver.Defect.allCases,
      [
        "an unknown name is unknown", "an unknown name is unknown", "a numeric address is its own",
        "a numeric address is its own", "a numeric address is its own",
        "an unknown name is unknown",
      ]))
  func brokenResolversFail(_ defect: FakeResolver.Defect, _ check: String) {
    #expect(Self.names(FakeResolver(defect)).names(.failed).contains("names: " + check))
  }

  @Test func withoutANameServerAnUnknownNameIsNotJudged() {
    var platform = FakeResolver()
    platform.isOffline = true
    let report = Self.names(platform)
    #expect(report.names(.failed) == [])
    #expect(report.names(.skipped) == ["names: an unknown name is unknown"])
  }

  @Test(arguments: zip(["clock", "entropy", "stream", "datagrams"], [3, 6, 8, 7]))
  func aFirstFailureSkipsTheRestByName(_ part: String, _ count: Int) {
    let report =
      switch part {
      case "clock": Self.clock(.standsStill)
      case "entropy": Self.entropy(.fails)
      case "stream": Self.stream(.failsToConnect)
      default: Self.datagrams(.failsToOpen)
      }
    #expect(report.names.count == count)
    #expect(report.names(.failed).count == 1)
  }

  @Test func devicesAreCalled() {
    var devices = FakeDevices()
    var reporter = CollectingReporter()
    Conformance.checkSensor(&devices, &reporter)
    Conformance.checkPowerStateMeter(&devices, &reporter)
    Conformance.checkWatchdog(&devices, &reporter)
    Conformance.checkConsole(&devices, &reporter)
    #expect(reporter.names(.passed).count == 4)
    #expect(Set(devices.states).count == 6)
    #expect(devices.feedings == 3)
    #expect(String(decoding: devices.output, as: UTF8.self).hasSuffix("console.\n"))
    devices.isSensorBroken = true
    Conformance.checkSensor(&devices, &reporter)
    #expect(reporter.names(.failed) == ["sensor: measures", "sensor: measures"])
  }
}
