/// The figures of a radio, or of another network, with its operator's settings.
public enum RadioFigure: String, FigureKey {
  case transmitMilliamperes
  case receiveMilliamperes
  case waitMilliamperes
  case peakMilliamperes
  case uplinkKilobitsPerSecond
  case downlinkKilobitsPerSecond
  case roundTripSeconds
  case wakeSeconds
  case wakeMilliamperes
  case startSeconds
  case startMilliamperes
  case tailSeconds
  case tailMilliamperes
  case pagingSeconds
  case pagingMilliamperes
  case idleMicroamperes
  case offMicroamperes
  case headerBytes
  case segmentBytes
  case supplyVolts
  case minimumVolts

  /// The kind of profile that has these figures: `radio`.
  public static var kind: ProfileKind { .radio }

  /// What the figure means and which numbers it may be.
  public var rule: FigureRule {
    currentRule ?? timeRule ?? otherRule
  }

  private var currentRule: FigureRule? {
    let current = 0.0...5_000
    switch self {
    case .transmitMilliamperes:
      return FigureRule("the mean current while it sends", current, .raises)
    case .receiveMilliamperes:
      return FigureRule("the mean current while it receives", current, .raises)
    case .waitMilliamperes:
      return FigureRule("the mean current while it waits for an answer", current, .raises)
    case .peakMilliamperes:
      return FigureRule("the highest current, however short", current, .limits)
    case .wakeMilliamperes:
      return FigureRule("the mean current from idle to ready", current, .raises)
    case .startMilliamperes:
      return FigureRule("the mean current from off to ready", current, .raises)
    case .tailMilliamperes:
      return FigureRule(
        "the mean current until the network lets go", current, .raises, fallback: 0)
    case .pagingMilliamperes:
      return FigureRule(
        "the mean current while reachable after that", current, .raises, fallback: 0)
    case .idleMicroamperes:
      return FigureRule("the mean current while idle with connections kept", 0...1e6, .raises)
    case .offMicroamperes:
      return FigureRule("the mean current between connections of a deep sleeper", 0...1e6, .raises)
    default: return nil
    }
  }

  private var timeRule: FigureRule? {
    let time = 0.0...3_600
    switch self {
    case .roundTripSeconds:
      return FigureRule("the time between a question and its answer", time, .raises)
    case .wakeSeconds:
      return FigureRule("the time from idle to ready", time, .raises)
    case .startSeconds:
      return FigureRule("the time from off to ready", time, .raises)
    case .tailSeconds:
      return FigureRule("the time after the last byte until the network lets go", time, .raises)
    case .pagingSeconds:
      return FigureRule("the time for which it stays reachable after that", time, .raises)
    default: return nil
    }
  }

  private var otherRule: FigureRule {
    switch self {
    case .uplinkKilobitsPerSecond:
      FigureRule("the rate at which it sends", 0.01...1e7, .lowers)
    case .downlinkKilobitsPerSecond:
      FigureRule("the rate at which it receives", 0.01...1e7, .lowers)
    case .headerBytes:
      FigureRule("the bytes that each packet has in front, IP and TCP included", 0...500, .raises)
    case .segmentBytes:
      FigureRule("the most payload bytes in a packet", 16...65_535, .lowers)
    case .supplyVolts:
      FigureRule("the voltage at which the currents hold", 0.5...60, .raises)
    default:
      FigureRule("the lowest voltage at which it works", 0.1...60, .limits)
    }
  }
}
