public import Foundation

/// The time in which a certificate is good.
public struct Validity: Equatable, Sendable {
  /// The first moment.
  public let start: Date
  /// The last moment.
  public let end: Date

  /// Creates a period; `end` must not lie before `start`.
  public init(from start: Date, to end: Date) {
    precondition(start <= end)
    self.start = start
    self.end = end
  }

  /// `days` days, which began one day before `now`, so that clocks may be a little wrong.
  public static func days(_ days: Double, from now: Date = Date()) -> Validity {
    Validity(from: now.addingTimeInterval(-day), to: now.addingTimeInterval(days * day))
  }

  /// Thirty days, which ended a day before `now`.
  public static func expired(at now: Date = Date()) -> Validity {
    Validity(from: now.addingTimeInterval(-31 * day), to: now.addingTimeInterval(-day))
  }

  /// Thirty days, which begin a day after `now`.
  public static func future(at now: Date = Date()) -> Validity {
    Validity(from: now.addingTimeInterval(day), to: now.addingTimeInterval(31 * day))
  }

  private static let day: TimeInterval = 86_400
}
