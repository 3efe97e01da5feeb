import Platform

/// Sensor, meter, watchdog and console that remember their calls.
struct FakeDevices: Sensor, PowerStateMeter, Watchdog, Console {
  var isSensorBroken = false
  private(set) var states: [PowerState] = []
  private(set) var feedings = 0
  private(set) var output: [UInt8] = []

  mutating func measure() throws(FakeFailure) -> Int32 {
    if isSensorBroken { throw FakeFailure(kind: .hardware) }
    return 21_500
  }

  mutating func enter(_ state: PowerState) { states.append(state) }

  mutating func feedWatchdog() { feedings += 1 }

  mutating func print(_ text: Span<UInt8>) {
    for index in text.indices { output.append(text[index]) }
  }
}
