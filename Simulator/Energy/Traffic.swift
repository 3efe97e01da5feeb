import Foundation
import Jitter

/// What a device sends in the long run, found by letting its sensor watch a signal for a month.
public struct Traffic: Sendable, Equatable {
  /// Measurements an hour.
  public let measurementsPerHour: Double
  /// Messages an hour.
  public let messagesPerHour: Double
  /// The bytes of a payload, on average.
  public let payloadBytes: Double
  /// The seconds of silence before each message.
  let silences: [Double]

  /// How long the signal is watched: long enough that a message a day is seen thirty times.
  static let hours = 720.0
  /// The most measurements that are simulated: one a second for the whole time, and some.
  static let measurementsMaximum = 3_000_000

  /// Watches the signal of `sensor` as `plan` says; the same seed gives the same messages.
  public init(plan: TrafficPlan, sensor: SensorProfile, bound: Bound = .middle) {
    precondition(plan.measureSeconds > 0 && plan.batchCount >= 1)
    // Measuring more often than once a second is extrapolated from fewer measurements.
    let wanted = Self.hours * 3_600 / plan.measureSeconds
    let count = max(1, Int(min(wanted, Double(Self.measurementsMaximum)).rounded()))
    var watch = Watch(plan: plan, sensor: sensor, bound: bound)
    for _ in 0..<count { watch.measure() }
    watch.end()
    let simulatedHours = Double(count) * plan.measureSeconds / 3_600
    measurementsPerHour = 3_600 / plan.measureSeconds
    messagesPerHour = Double(watch.silences.count) / simulatedHours
    payloadBytes =
      plan.payloadBytes
      ?? sensor[.messageBytes, bound]
      + sensor[.readingBytes, bound] * Double(watch.readings) / Double(watch.silences.count)
    silences = watch.silences
  }

  /// The pings an hour that a keep-alive interval asks for; messages keep a connection alive too.
  ///
  /// A timer that any packet sets back expires once for each full interval of silence; one that
  /// would expire together with the next message is not needed.
  public func pingsPerHour(keepAliveSeconds: Double) -> Double {
    let pings = silences.reduce(0.0) { $0 + max(0, ($1 / keepAliveSeconds).rounded(.up) - 1) }
    return pings / (silences.reduce(0, +) / 3_600)
  }

  /// The seconds between messages, on average.
  public var secondsBetween: Double { 3_600 / messagesPerHour }
}

/// A sensor at its signal, and the messages that come of it.
private struct Watch {
  private let plan: TrafficPlan
  private let threshold: Double
  private let swing: Double
  private let wander: Double
  private var random: SplitMix64
  private var drift = 0.0
  private var seconds = 0.0
  private var lastValue: Double?
  private var lastSeconds = 0.0
  private var waiting = 0
  private(set) var silences: [Double] = []
  private(set) var readings = 0

  private static let silenceSecondsMaximum = 86_400.0

  init(plan: TrafficPlan, sensor: SensorProfile, bound: Bound) {
    self.plan = plan
    threshold = sensor[.threshold, bound]
    swing = sensor[.dailySwing, bound]
    wander = sensor[.hourlyNoise, bound] * (plan.measureSeconds / 3_600).squareRoot()
    random = SplitMix64(seed: plan.seed)
  }

  mutating func measure() {
    seconds += plan.measureSeconds
    waiting += 1
    switch plan.kind {
    case .periodic: send()
    case .batch: if waiting >= plan.batchCount { send() }
    case .threshold: measureSignal()
    }
  }

  /// Sends what waits at the end, so that there is at least one message.
  mutating func end() { if silences.isEmpty { send() } }

  private mutating func measureSignal() {
    drift += wander * normal()
    let value = swing / 2 * sin(2 * .pi * seconds / 86_400) + drift
    let hasMoved = lastValue.map { abs(value - $0) >= threshold } ?? true
    guard hasMoved || seconds - lastSeconds >= Self.silenceSecondsMaximum else { return }
    lastValue = value
    waiting = 1
    send()
  }

  private mutating func send() {
    silences.append(seconds - lastSeconds)
    lastSeconds = seconds
    readings += waiting
    waiting = 0
  }

  /// A number of the standard normal distribution (Box and Muller).
  private mutating func normal() -> Double {
    let first = Double.random(in: Double.leastNonzeroMagnitude..<1, using: &random)
    let second = Double.random(in: 0..<1, using: &random)
    return (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
  }
}
