import Energy
import Jitter
import Results
import Scenarios

/// The world around one device, and what is known about the device in it.
///
/// It is used through a pointer, because the engine's platform and its cryptography both act on it.
struct WorldState: ~Copyable {
  unowned(unsafe) let plan: Plan
  unowned(unsafe) let room: WorkerRoom
  /// The limit on connections that all devices share; nil where there is none.
  unowned(unsafe) let throttle: Throttle?
  let index: Int

  /// The present, in milliseconds since the beginning of the run.
  var now: UInt64 = 0
  /// Microseconds that have been computed beyond it.
  var microseconds: UInt64 = 0
  /// What the device's own clock shows.
  var localNow: UInt64 = 0
  var clock = LocalClock()
  /// How wrong the crystal is, in millionths.
  var crystalDrift: Int64 = 0

  var faults: FaultTimeline
  var path: Path
  var cloudRandom: SplitMix64
  var entropy: SplitMix64
  var powerRandom: SplitMix64

  var link = Link()
  var cloudLookup = Lookup()
  var timeLookup = Lookup()
  var sockets = Datagrams()
  var security: SecurityState
  var cloud = CloudSession()
  var flash: ModelFlash
  var ledger: MessageLedger
  var checker = Checker()

  var meter = EnergyMeter()
  /// The power has failed in the middle of something: nothing has an effect any more.
  var isPowerless = false
  /// The steps of the present call of `drive`.
  var steps = 0
  /// A number that everything that could be seen has gone into.
  var digest: UInt64
  /// Records that found no way out in the device's last turn, where devices take turns.
  var parked: UnsafeMutableRawPointer?
  /// Writes what happens, where somebody wants to read it.
  unowned(unsafe) let tracer: Tracer?

  init(plan: Plan, room: WorkerRoom, throttle: Throttle?, tracer: Tracer?, index: Int) {
    self.plan = plan
    self.room = room
    self.throttle = throttle
    self.tracer = tracer
    self.index = index
    let seed = plan.seed
    let device = UInt64(index)
    faults = FaultTimeline(plan.faults, seed: seed, device: device, limit: plan.duration)
    path = Path(plan.scenario.network, random: Draw.stream(seed, device, .network))
    cloudRandom = Draw.stream(seed, device, .cloud)
    entropy = Draw.stream(seed, device, .entropy)
    powerRandom = Draw.stream(seed, device, .power)
    security = SecurityState(key: Draw.mix(Draw.mix(seed, device), Draw.Purpose.key.rawValue))
    flash = ModelFlash(
      plan.scenario.device.flash, random: Draw.stream(seed, device, .flash))
    ledger = MessageLedger(flash: plan.scenario.device.flash, payloadBytes: plan.payloadBytes)
    digest = Draw.mix(seed, device)
  }

  deinit { parked?.deallocate() }
}

// MARK: - Time

extension WorldState {
  /// Time passes up to `moment`.
  @inline(__always)
  mutating func advance(to moment: UInt64) {
    if moment > now {
      now = moment
      microseconds = 0
    }
    localNow = clock.local(at: now)
  }

  /// The device computes, or waits for its flash.
  mutating func elapse(microseconds time: UInt64) {
    microseconds += time
    now += microseconds / 1_000
    microseconds %= 1_000
    localNow = clock.local(at: now)
  }

  /// The true date in milliseconds since 1970.
  @inline(__always)
  var date: Int64 { plan.epoch + Int64(bitPattern: now) }
}

// MARK: - What can be seen

extension WorldState {
  /// What happened, for the digest.
  enum Mark: UInt64 {
    case attempt = 1
    case online
    case offline
    case signed
    case synchronized
    case timeRejected
    case accepted
    case refused
    case acknowledged
    case delivered
    case duplicated
    case reset
    case died
    case fault
    case oversized
    case dropped
  }

  /// Lets something that happened count for the digest.
  @inline(__always)
  mutating func note(_ mark: Mark, _ value: UInt64 = 0) {
    digest =
      (digest ^ (now &* 0x9E37_79B9_7F4A_7C15 &+ mark.rawValue))
      &* 0xFF51_AFD7_ED55_8CCD
    digest = (digest ^ digest &>> 32 ^ value) &* 0xC4CE_B9FE_1A85_EC53
  }

  /// True if somebody reads along.
  @inline(__always)
  var isTraced: Bool { tracer != nil }

  /// Writes a line, at the present moment or a given one.
  @inline(never)
  func trace(
    _ layer: Tracer.Layer, _ event: String, _ detail: String = "", at moment: UInt64? = nil
  ) {
    tracer?.write(at: moment ?? now, device: index, layer, event, detail)
  }
}
