import Bytes
import Energy
import Platform
import Results
import Scenarios
import Units
import Wire

/// The world of one device behind the platform protocols: its clock, network, cloud, time servers,
/// flash and power, and what it costs.
///
/// The cloud answers at the moment at which the device sends, with the time that the answer takes:
/// no event of its own is needed for what a cloud does. What cannot be sent now is held.
struct VirtualPlatform: ~Copyable {
  let settings: WorldSettings
  let index: Int
  let key: UInt64
  unowned let recorder: Recorder

  // Time.
  /// The present, in microseconds of the run: computing moves it on.
  var microseconds: UInt64 = 0
  /// When the device was switched on, in milliseconds.
  var bootedAt: UInt64 = 0
  /// How fast its crystal runs, in millionths too much.
  var drift: Int64
  private let ownDrift: Int64

  var network: Stream
  var entropy: Stream
  var flash: VirtualFlash
  var faults = ActiveFaults()

  // The connection.
  var link = Link()
  var downlink = Downlink()
  var session = CloudSession()
  var resolvedAt: UInt64?
  /// Bytes of a packet that was cut by a record.
  var partial: [UInt8] = []
  /// Records that are held by a fault of the network.
  var held: [UInt8] = []
  var messages = Outstanding()
  /// The number of the latest message that arrived for the first time.
  var latestNumber: UInt32 = 0

  // Time servers.
  var askedServer: Int?
  var answer = [48 of UInt8](repeating: 0)
  var answerAt: UInt64 = .max
  var answerCount = 0

  // Energy.
  var meter = EnergyMeter()
  var powerState = PowerState.active
  /// What the radio is used for now.
  var cause = Cause.handshakeRadio

  /// How often the watchdog was fed in the present call of `drive`.
  var feedings = 0
  var digest: UInt64
  /// Something was found that may not be.
  var breach: (invariant: Invariant, detail: String)?
  /// Takes lines of a trace.
  var trace: ((String, String) -> Void)?

  /// One TCP connection.
  struct Link {
    var isOpen = false
    /// When it is connected.
    var openAt: UInt64 = .max
    var latency: UInt64 = 0
    /// When the cloud ends it.
    var endsAt: UInt64 = .max
    /// Who answers is not the cloud.
    var isCaptive = false
    /// The last arrival at the cloud: nothing overtakes.
    var lastArrival: UInt64 = 0
    /// The device has sent its last flight, and the cloud accepted it.
    var isSecure = false
    var isResumed = false
  }

  init(_ settings: WorldSettings, index: Int, recorder: Recorder) {
    self.settings = settings
    self.index = index
    self.recorder = recorder
    var stream = Stream(seed: settings.seed, device: index, .device)
    key = stream.next()
    let range = Int64(settings.scenario.device.clockDriftMillionths)
    drift = Int64(stream.draw(0...UInt64(2 * range))) - range
    ownDrift = drift
    network = Stream(seed: settings.seed, device: index, .network)
    entropy = Stream(seed: settings.seed, device: index, .entropy)
    flash = VirtualFlash(
      settings.scenario.device.flash, stream: Stream(seed: settings.seed, device: index, .flash))
    digest = key
  }

  /// The present in milliseconds of the run.
  var milliseconds: UInt64 { microseconds / 1_000 }

  /// The true date.
  var date: UnixTime { settings.scenario.epoch + Interval(milliseconds: milliseconds) }

  /// Mixes something that happened into the digest.
  mutating func mix(_ value: UInt64, _ other: UInt64 = 0) {
    digest = (digest ^ value) &* 0x100_0000_01B3
    digest = (digest ^ other ^ milliseconds) &* 0x9E37_79B9_7F4A_7C15
    digest ^= digest >> 29
  }

  mutating func note(_ layer: String, _ text: @autoclosure () -> String) {
    if let trace { trace(layer, text()) }
  }

  /// The device's instant for a moment of the run.
  func instant(at moment: UInt64) -> Instant {
    let elapsed = Int64(moment - min(moment, bootedAt))
    return Instant(milliseconds: UInt64(elapsed + elapsed * drift / 1_000_000))
  }

  /// The moment of the run at which the device's clock has reached an instant.
  func moment(of instant: Instant) -> UInt64 {
    guard instant.milliseconds < UInt64.max / 4_000_000 else { return .max }
    let local = Int64(instant.milliseconds)
    var moment = bootedAt + UInt64(local * 1_000_000 / (1_000_000 + drift))
    while self.instant(at: moment) < instant { moment += 1 }
    return moment
  }

  /// The crystal's speed changes now, and the clock goes on from where it is.
  mutating func setDrift(extra: Int64) {
    let now = instant(at: milliseconds).milliseconds
    drift = ownDrift + extra
    let elapsed = Int64(now) * 1_000_000 / (1_000_000 + drift)
    bootedAt = milliseconds > UInt64(elapsed) ? milliseconds - UInt64(elapsed) : 0
  }

  /// The next moment, after the present, at which the world has something for the device.
  var nextArrival: UInt64 {
    let now = milliseconds
    var next = UInt64.max
    func consider(_ moment: UInt64) { if moment > now, moment < next { next = moment } }
    consider(answerAt)
    if let resolvedAt { consider(resolvedAt) }
    if link.isOpen {
      consider(link.openAt)
      consider(link.endsAt)
      if !isSilent { consider(downlink.nextAt) }
    }
    return next
  }

  /// Nothing comes through to the device.
  var isSilent: Bool { faults.contains(.partition) || faults.contains(.clog) }

  /// The power fails: all but flash is lost.
  mutating func losePower() {
    link = Link()
    downlink.removeAll()
    partial.removeAll(keepingCapacity: true)
    held.removeAll(keepingCapacity: true)
    session.isConnected = false
    resolvedAt = nil
    askedServer = nil
    answerAt = .max
    messages.forgetUnaccepted()
  }
}

// MARK: - The small protocols

extension VirtualPlatform: MonotonicClock, EntropySource {
  mutating func now() -> Instant { instant(at: milliseconds) }

  mutating func fillEntropy(_ space: inout MutableSpan<UInt8>) throws(WorldFailure) {
    if faults.contains(.entropyLoss) { throw WorldFailure(.hardware) }
    for index in space.indices { space[index] = UInt8(truncatingIfNeeded: entropy.next()) }
  }
}

extension VirtualPlatform: FlashRegion {
  var flashGeometry: FlashGeometry { flash.flashGeometry }

  mutating func read(at offset: Int, into space: inout MutableSpan<UInt8>) throws(VirtualFlash
    .Failure)
  {
    try flash.read(at: offset, into: &space)
  }

  mutating func program(_ bytes: Span<UInt8>, at offset: Int) throws(VirtualFlash.Failure) {
    if let prices = settings.prices {
      meter.work(prices.flashByte, times: UInt64(bytes.count), for: .flash)
    }
    try flash.program(bytes, at: offset)
  }

  mutating func erase(block: Int) throws(VirtualFlash.Failure) {
    if let prices = settings.prices {
      let pages = max(1, flashGeometry.blockSize / max(1, prices.flashPageBytes))
      meter.work(prices.flashErase, times: UInt64(pages), for: .flash)
    }
    try flash.erase(block: block)
  }
}

extension VirtualPlatform: PowerStateMeter, Watchdog {
  mutating func enter(_ state: PowerState) {
    let prices = settings.prices
    switch powerState {
    case .sign:
      microseconds += prices?.signature.microseconds ?? Limits.signatureMicroseconds
      if let prices { meter.work(prices.signature, for: .signing) }
    case .handshake:
      // The work of a flight is booked when the flight is sent.
      break
    case .sleep, .active, .flash, .sensor: break
    }
    powerState = state
  }

  mutating func feedWatchdog() {
    feedings += 1
    guard feedings > Limits.feedingsMaximum else { return }
    breach = breach ?? (.driveEnds, "drive took \(feedings) steps without an end")
  }
}

/// What fails in the model world.
struct WorldFailure: PlatformFailure {
  let kind: PlatformFailureKind

  init(_ kind: PlatformFailureKind) { self.kind = kind }
}
