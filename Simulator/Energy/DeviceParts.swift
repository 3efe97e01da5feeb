/// What a device is put together from, its battery aside.
public struct DeviceParts: Sendable {
  /// The processor core.
  public var core: CoreProfile
  /// The radio.
  public var radio: RadioProfile
  /// The sensor.
  public var sensor: SensorProfile
  /// What the protocols send.
  public var exchange: ExchangeProfile
  /// What instructions take.
  public let costs: CostTable
  /// The instruction counts of the core's code.
  public let entry: CostTable.Entry
  /// Whether each message waits for its acknowledgement (QoS 1).
  public var isAcknowledged = true

  /// Puts a device together.
  public init(
    core: CoreProfile, radio: RadioProfile, sensor: SensorProfile, exchange: ExchangeProfile,
    costs: CostTable, entry: CostTable.Entry
  ) {
    self.core = core
    self.radio = radio
    self.sensor = sensor
    self.exchange = exchange
    self.costs = costs
    self.entry = entry
  }
}
