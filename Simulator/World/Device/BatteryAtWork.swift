import Energy
import Jitter
import Results

/// The battery of a device, looked at once a simulated day.
struct BatteryAtWork {
  private var battery: VirtualBattery

  /// How often the battery is looked at.
  static let period: UInt64 = 86_400_000

  /// The battery of a device; nil for one on mains.
  init?(_ plan: Plan, index: Int) {
    guard let prices = plan.prices, let profile = plan.battery,
      let model = plan.scenario.device.energy
    else { return nil }
    var random = Draw.stream(plan.seed, UInt64(index), .battery)
    let spread = model.batterySpreadPercent * (2 * random.fraction() - 1)
    battery = VirtualBattery(
      profile, celsius: model.celsius, spreadPercent: spread, prices: prices)
  }

  /// Takes a day's energy from the battery; true if it has ended.
  mutating func serve(_ meter: borrowing EnergyMeter, _ prices: EnergyPrices) -> Bool {
    battery.serve(meter, for: 24, prices) != nil
  }
}

extension VirtualDevice {
  /// A day has passed.
  func lookAtBattery() {
    let now = world.pointee.now
    life.pointee.batteryAt += BatteryAtWork.period
    guard let prices = plan.prices else { return }
    world.pointee.meter.settle(at: now, prices)
    guard life.pointee.battery?.serve(world.pointee.meter, prices) == true else { return }
    powerOff(until: .max)
    life.pointee.power = .dead
    life.pointee.batteryAt = .max
    let result = world.pointee.room.result
    result.pointee.deaths += 1
    result.pointee.series.count(\.deaths, atMilliseconds: now)
    result.pointee.batteryLife.record(now / 3_600_000)
    world.pointee.note(.died)
    if world.pointee.isTraced { world.pointee.trace(.power, "dies", "the battery has ended") }
  }
}
