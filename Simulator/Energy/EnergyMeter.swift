/// Adds up what a device took, by cause, as a simulation tells what it does.
///
/// The radio wakes for the first byte after a pause; it lingers after each, as the network wants;
/// and when bytes come in after bytes went out, it has waited for them. Moments are milliseconds;
/// one that goes back counts as the latest before it.
public struct EnergyMeter: Sendable {
  /// Nanojoules by cause, in the order of `Cause.allCases`.
  private var byCause = [10 of UInt64](repeating: 0)
  private var core: UInt64 = 0
  private var radio: UInt64 = 0
  private var sensor: UInt64 = 0
  /// Picojoules that do not make a nanojoule yet.
  private var rest: UInt64 = 0

  private var startedAt: UInt64
  /// Microseconds for which the core did not sleep.
  private var busyMicroseconds: UInt64 = 0
  /// Milliseconds for which the radio was not idle.
  private var radioMilliseconds: UInt64 = 0
  private var radioUsedAt: UInt64?
  private var radioUsedFor = Cause.dataRadio
  private var awaitsAnswer = false

  /// Starts to count at a moment.
  public init(at now: UInt64 = 0) { startedAt = now }

  /// What was taken for `cause`, in nanojoules.
  public func nanojoules(_ cause: Cause) -> UInt64 { byCause[cause.index] }

  /// What was taken in all, in nanojoules.
  public var total: UInt64 { core + radio + sensor }

  /// Adds all that another meter has counted.
  public mutating func add(_ other: borrowing EnergyMeter) {
    for index in byCause.indices { byCause[index] += other.byCause[index] }
    core += other.core
    radio += other.radio
    sensor += other.sensor
  }

  /// The core works.
  public mutating func work(_ work: EnergyPrices.Work, times count: UInt64 = 1, for cause: Cause) {
    busyMicroseconds += work.microseconds * count
    core += work.nanojoules * count
    byCause[cause.index] += work.nanojoules * count
  }

  /// The core works on a handshake, while the radio waits for it.
  public mutating func shakeHands(
    _ work: EnergyPrices.Work, _ prices: borrowing EnergyPrices
  ) {
    self.work(work, for: .handshakeCompute)
    radioMilliseconds += work.microseconds / 1_000
    addRadio(picojoules: work.microseconds &* prices.radio.wait / 1_000, to: .handshakeRadio)
  }

  /// The core waits for the sensor to measure.
  public mutating func measure(_ prices: borrowing EnergyPrices) {
    work(prices.measurement, for: .sensor)
    sensor += prices.sensing
    byCause[Cause.sensor.index] += prices.sensing
  }

  /// The radio sends.
  public mutating func send(
    _ byteCount: Int, at now: UInt64, for cause: Cause, _ prices: borrowing EnergyPrices
  ) {
    useRadio(at: now, for: cause, prices)
    addRadio(picojoules: onAir(byteCount, prices) &* prices.radio.sentByte, to: cause)
    awaitsAnswer = true
  }

  /// The radio receives.
  public mutating func receive(
    _ byteCount: Int, at now: UInt64, for cause: Cause, _ prices: borrowing EnergyPrices
  ) {
    if awaitsAnswer, radioUsedAt != nil {
      // It has not gone idle meanwhile, however short its tail.
      addRadio(prices.radio.roundTrip, to: cause)
      awaitsAnswer = false
      radioUsedAt = max(now, radioUsedAt ?? 0)
      radioUsedFor = cause
    } else {
      useRadio(at: now, for: cause, prices)
    }
    addRadio(picojoules: onAir(byteCount, prices) &* prices.radio.receivedByte, to: cause)
  }

  /// Adds what was taken asleep, and what the radio still owes, up to a moment; counting goes on.
  public mutating func settle(at now: UInt64, _ prices: borrowing EnergyPrices) {
    let now = max(now, startedAt)
    let elapsed = now - startedAt
    startedAt = now
    if let used = radioUsedAt { letGo(from: min(used, now), at: now, prices) }
    radioUsedAt = nil
    let asleep = elapsed - min(elapsed, busyMicroseconds / 1_000)
    let idle = elapsed - min(elapsed, radioMilliseconds)
    busyMicroseconds = 0
    radioMilliseconds = 0
    add(picojoules: asleep &* prices.coreSleep, to: .sleep, \.core)
    add(picojoules: elapsed &* prices.sensorStandby, to: .sensor, \.sensor)
    add(picojoules: idle &* prices.radio.idle, to: .sleep, \.radio)
  }

  /// What each part took, in nanojoules.
  var parts: PerPart<UInt64> { PerPart(core: core, radio: radio, sensor: sensor) }

  private mutating func useRadio(
    at now: UInt64, for cause: Cause, _ prices: borrowing EnergyPrices
  ) {
    let now = max(now, radioUsedAt ?? 0)
    if let used = radioUsedAt, now - used <= readyTime(prices) {
      linger(for: now - used, at: max(prices.radio.tail, prices.radio.wait))
    } else {
      if let used = radioUsedAt { letGo(from: used, at: now, prices) }
      addRadio(prices.radio.wake, to: cause)
      awaitsAnswer = false
    }
    radioUsedAt = now
    radioUsedFor = cause
  }

  /// How long after its last use the radio needs no waking: what belongs together has pauses of a
  /// round trip at the most.
  private func readyTime(_ prices: borrowing EnergyPrices) -> UInt64 {
    max(prices.radio.tailMilliseconds, prices.radio.roundTripMilliseconds)
  }

  /// The radio stays ready after its last use until the network lets go, and is paged after that.
  private mutating func letGo(
    from used: UInt64, at now: UInt64, _ prices: borrowing EnergyPrices
  ) {
    linger(for: min(now - used, prices.radio.tailMilliseconds), at: prices.radio.tail)
    if now - used > prices.radio.tailMilliseconds {
      addRadio(prices.radio.paging, to: radioUsedFor)
    }
  }

  private mutating func linger(for time: UInt64, at picojoules: UInt64) {
    radioMilliseconds += time
    addRadio(picojoules: time &* picojoules, to: radioUsedFor)
  }

  /// The bytes on air: those given and a header for each packet that they take.
  private func onAir(_ byteCount: Int, _ prices: borrowing EnergyPrices) -> UInt64 {
    let packets = max(1, (byteCount + prices.radio.segmentBytes - 1) / prices.radio.segmentBytes)
    return UInt64(byteCount + packets * prices.radio.headerBytes)
  }

  private mutating func addRadio(_ nanojoules: UInt64, to cause: Cause) {
    radio += nanojoules
    byCause[cause.index] += nanojoules
  }

  private mutating func addRadio(picojoules: UInt64, to cause: Cause) {
    add(picojoules: picojoules, to: cause, \.radio)
  }

  private mutating func add(
    picojoules: UInt64, to cause: Cause, _ part: WritableKeyPath<EnergyMeter, UInt64>
  ) {
    let sum = picojoules + rest
    rest = sum % 1_000
    self[keyPath: part] += sum / 1_000
    byCause[cause.index] += sum / 1_000
  }
}

extension Cause {
  /// Its place in the order of all causes.
  var index: Int {
    switch self {
    case .signing: 0
    case .handshakeCompute: 1
    case .symmetricCrypto: 2
    case .handshakeRadio: 3
    case .dataRadio: 4
    case .keepAlive: 5
    case .timeSync: 6
    case .flash: 7
    case .sensor: 8
    case .sleep: 9
    }
  }
}
