import Foundation

/// What each thing that a device does costs it, as whole numbers that a simulation can add up.
///
/// The same figures and formulas as `LoadModel`, which computes averages; this is for those who
/// count what really happened. Nanojoules, at the voltage that the part's currents hold for.
public struct EnergyPrices: Sendable, Equatable {
  /// A signature of a token.
  public let signature: Work
  /// A full handshake.
  public let fullHandshake: Work
  /// A resumed handshake.
  public let resumedHandshake: Work
  /// A message or another packet, of up to 256 bytes, through MQTT and record protection.
  public let packet: Work
  /// A measurement: the core waits for the sensor.
  public let measurement: Work
  /// What the sensor takes in a measurement, in nanojoules.
  public let sensing: UInt64
  /// Programming a byte of flash.
  public let flashByte: Work
  /// Erasing a page of flash.
  public let flashErase: Work
  /// The bytes of the page that `flashErase` is for.
  public let flashPageBytes: Int

  /// What the core takes asleep, in picojoules a millisecond.
  public let coreSleep: UInt64
  /// What the sensor takes between measurements, in picojoules a millisecond.
  public let sensorStandby: UInt64
  /// The radio's.
  public let radio: Radio
  /// How the parts take their power, which decides what a battery feels of it.
  let supplies: PerPart<Supply>
  /// The highest currents of core and radio, with their supplies.
  let peaks: [Peak]
  let minimumVolts: Double

  /// Work of the core.
  public struct Work: Sendable, Equatable {
    /// How long it takes, in microseconds.
    public let microseconds: UInt64
    /// What the core takes for it.
    public let nanojoules: UInt64
  }

  /// What a radio takes.
  public struct Radio: Sendable, Equatable {
    /// To send a byte, in picojoules.
    public let sentByte: UInt64
    /// To receive a byte, in picojoules.
    public let receivedByte: UInt64
    /// To wait for an answer.
    public let roundTrip: UInt64
    /// How long that is, in milliseconds: for as long it stays ready without a tail, too.
    public let roundTripMilliseconds: UInt64
    /// While it waits for an answer or for the core, in picojoules a millisecond.
    public let wait: UInt64
    /// To get ready from idle.
    public let wake: UInt64
    /// To remain reachable once the network has let go.
    public let paging: UInt64
    /// While the network has not let go yet, in picojoules a millisecond.
    public let tail: UInt64
    /// How long it does not, in milliseconds.
    public let tailMilliseconds: UInt64
    /// While idle with its connection kept, in picojoules a millisecond.
    public let idle: UInt64
    /// The headers of a packet.
    public let headerBytes: Int
    /// The payload of the longest packet.
    public let segmentBytes: Int
  }

  /// Computes the prices of a device.
  public init(parts: DeviceParts, signing: Operation, serverChain: Policy.ServerChain) {
    let core = parts.core
    let supplies = PerPart(
      core: Supply(volts: core[.supplyVolts], isSwitching: core.isSwitching),
      radio: Supply(volts: parts.radio[.supplyVolts], isSwitching: parts.radio.isSwitching),
      sensor: Supply(volts: parts.sensor[.supplyVolts], isSwitching: parts.sensor.isSwitching))
    func work(_ seconds: Double, _ milliamperes: Double) -> Work {
      Work(
        microseconds: Self.whole(seconds * 1e6),
        nanojoules: Self.whole(seconds * milliamperes * supplies.core.volts * 1e6))
    }
    func computing(_ operation: Operation) -> Work {
      let cycles =
        Double(parts.entry.instructions[operation] ?? 0) * parts.costs.cyclesPerInstruction.value
      return work(cycles / (core[.frequencyMegahertz] * 1e6), core[.activeMilliamperes])
    }
    signature = computing(signing)
    fullHandshake = computing(serverChain == .rsa ? .fullHandshakeRSAChain : .fullHandshakeECChain)
    resumedHandshake = computing(.resumedHandshake)
    packet = computing(.publish)
    let measuring = parts.sensor[.measureMilliseconds] / 1e3
    measurement = work(measuring, core[.activeMilliamperes])
    sensing = Self.whole(
      measuring * parts.sensor[.measureMilliamperes] * supplies.sensor.volts * 1e6)
    // While flash is written the core waits; the larger of the two currents holds for both.
    let writing = max(core[.flashMilliamperes], core[.activeMilliamperes])
    flashByte = work(core[.flashMicrosecondsPerByte] / 1e6, writing)
    flashErase = work(core[.flashEraseMilliseconds] / 1e3, writing)
    flashPageBytes = Int(core[.flashPageBytes])
    coreSleep = Self.whole(core[.sleepMicroamperes] * supplies.core.volts * 1e3)
    sensorStandby = Self.whole(parts.sensor[.standbyMicroamperes] * supplies.sensor.volts * 1e3)
    radio = Radio(parts.radio)
    self.supplies = supplies
    peaks = [
      Peak(milliamperes: core[.activeMilliamperes], supply: supplies.core),
      Peak(milliamperes: parts.radio[.peakMilliamperes], supply: supplies.radio),
    ]
    minimumVolts = max(
      core[.minimumVolts], parts.radio[.minimumVolts], parts.sensor[.minimumVolts])
  }

  static func whole(_ value: Double) -> UInt64 { UInt64(value.rounded()) }
}

extension EnergyPrices.Radio {
  init(_ radio: RadioProfile) {
    let volts = radio[.supplyVolts]
    func perByte(_ milliamperes: RadioFigure, _ rate: RadioFigure) -> UInt64 {
      EnergyPrices.whole(8 / (radio[rate] * 1e3) * radio[milliamperes] * volts * 1e9)
    }
    func once(_ seconds: RadioFigure, _ milliamperes: RadioFigure) -> UInt64 {
      EnergyPrices.whole(radio[seconds] * radio[milliamperes] * volts * 1e6)
    }
    sentByte = perByte(.transmitMilliamperes, .uplinkKilobitsPerSecond)
    receivedByte = perByte(.receiveMilliamperes, .downlinkKilobitsPerSecond)
    roundTrip = once(.roundTripSeconds, .waitMilliamperes)
    roundTripMilliseconds = EnergyPrices.whole(radio[.roundTripSeconds] * 1e3)
    wait = EnergyPrices.whole(radio[.waitMilliamperes] * volts * 1e6)
    wake = once(.wakeSeconds, .wakeMilliamperes)
    paging = once(.pagingSeconds, .pagingMilliamperes)
    tail = EnergyPrices.whole(radio[.tailMilliamperes] * volts * 1e6)
    tailMilliseconds = EnergyPrices.whole(radio[.tailSeconds] * 1e3)
    idle = EnergyPrices.whole(radio[.idleMicroamperes] * volts * 1e3)
    headerBytes = Int(radio[.headerBytes])
    segmentBytes = max(1, Int(radio[.segmentBytes]))
  }
}

/// Something that each part of a device has.
struct PerPart<Value: Sendable & Equatable>: Sendable, Equatable {
  var core: Value
  var radio: Value
  var sensor: Value
}

/// The highest current of a part.
struct Peak: Sendable, Equatable {
  let milliamperes: Double
  let supply: Supply
}
