import DataFiles
import Units

extension DeviceModel {
  static var fields: [Field<DeviceModel>] {
    [
      .number("messagesPerHour", \.messagesPerHour, 0...3_600, "messages an hour; 0 for none"),
      .integer(
        "payloadBytes", \.payloadBytes, Self.payloadRange, "the bytes of a message's payload"),
      .integer("quality", \.quality, 0...1, "the quality of service of messages"),
      .integer(
        "highPriorityEvery", \.highPriorityEvery, 0...1_000_000,
        "one in so many messages has high priority; 0 for none"),
      .choice("credential", \.credential, "how tokens are signed"),
      .duration(
        "tokenLife", \.tokenLife, Interval(seconds: 10)...Interval(seconds: 86_400),
        "how long a token lives"),
      .duration(
        "tokenJitter", \.tokenJitter, .zero...Interval(seconds: 86_400),
        "the longest time by which a renewal is drawn earlier; 0s has all renew at once"),
      .duration(
        "keepAlive", \.keepAlive, Interval(seconds: 1)...Interval(seconds: 65_535),
        "the MQTT keep-alive"),
      .truth("keepsSession", \.keepsSession, "whether the broker keeps the session"),
      .group("backOff", \.backOff, BackOffModel.fields),
      .integer("timeServerCount", \.timeServerCount, 1...3, "the time servers that it knows"),
      .integer(
        "clockDriftMillionths", \.clockDriftMillionths, 0...10_000,
        "how wrong its crystal is at most, in millionths"),
      .group("flash", \.flash, FlashModel.fields),
      .energy,
    ]
  }

  /// The payloads that a device can send.
  static var payloadRange: ClosedRange<Int> { 16...1_024 }
}

extension Field<DeviceModel> {
  /// The energy profiles, or null where energy is not of interest.
  fileprivate static var energy: Field {
    let fields = EnergyModel.fields
    return Field(
      key: "energy", meaning: "the profiles of `swiftlet energy`; null not to count energy",
      schema: ["oneOf": .list([.object(fields.schema()), nullSchema])],
      read: { (place, model) throws(DataError) in
        if place.isNull {
          model.energy = nil
        } else {
          var energy = model.energy ?? EnergyModel()
          try fields.read(place, into: &energy)
          model.energy = energy
        }
      },
      write: { $0.energy.map(fields.json) ?? .null })
  }
}

extension BackOffModel {
  static var fields: [Field<BackOffModel>] {
    let hour = Interval(seconds: 3_600)
    let shortest = Interval(milliseconds: 10)
    return [
      .duration("base", \.base, shortest...hour, "the ceiling of the first wait"),
      .duration(
        "cap", \.cap, shortest...Interval(seconds: 86_400), "the ceiling that is never exceeded"),
      .duration(
        "floor", \.floor, .zero...hour, "the least wait; equal to base and cap it is a fixed one"),
      .duration(
        "firstSpread", \.firstSpread, .zero...Interval(seconds: 86_400),
        "the ceiling of the wait before the very first attempt"),
    ]
  }
}

extension FlashModel {
  static var fields: [Field<FlashModel>] {
    [
      .integer("programUnit", \.programUnit, 1...256, "bytes programmed together, a power of two"),
      .integer("blockBytes", \.blockBytes, 256...131_072, "bytes erased together"),
      .integer("blockCount", \.blockCount, 0...1_024, "the number of blocks; 0 for no flash"),
      .integer(
        "endurance", \.endurance, 1...100_000_000,
        "after how many erasures a block begins to fail"),
      .choice("whenFull", \.whenFull, "what happens when it is full"),
    ]
  }
}

extension EnergyModel {
  static var fields: [Field<EnergyModel>] {
    let name = "[a-z0-9][a-z0-9.-]*"
    return [
      .text("core", \.core, pattern: name, "the name of a core of `swiftlet energy`"),
      .text("radio", \.radio, pattern: name, "the name of a radio"),
      .text("sensor", \.sensor, pattern: name, "the name of a sensor"),
      Field(
        key: "battery", meaning: "the name of a battery, whose end is the device's; null for mains",
        schema: [
          "oneOf": .list([
            .object(["type": .text("string"), "pattern": .text("^(\(name))$")]),
            Field<EnergyModel>.nullSchema,
          ])
        ],
        read: { (place, model) throws(DataError) in
          model.battery = place.isNull ? nil : try place.text(pattern: name, "a battery's name")
        },
        write: { $0.battery.map { .text($0) } ?? .null }),
      .number("celsius", \.celsius, -60...120, "the temperature in degrees Celsius"),
      .number(
        "batterySpreadPercent", \.batterySpreadPercent, 0...50,
        "how much the capacities of batteries differ, up or down"),
    ]
  }
}
