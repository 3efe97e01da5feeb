/// A table of points with straight lines between them.
public struct Curve: Sendable, Equatable {
  /// The points, by rising x.
  public let points: [Point]
  /// How far the table may be trusted.
  public let standing: Figure.Standing
  /// Where it was published or measured.
  public let source: String

  /// A point of the table.
  public struct Point: Sendable, Equatable {
    /// What is looked up.
    public let x: Double
    /// What is found.
    public let y: Double

    /// Creates a point.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// Creates a curve through at least one point; they are sorted by x.
  public init(_ points: [Point], standing: Figure.Standing, source: String) {
    precondition(!points.isEmpty)
    self.points = points.sorted { $0.x < $1.x }
    self.standing = standing
    self.source = source
  }

  /// The value at `x`; beyond the ends of the table it stays what it is there.
  public subscript(_ x: Double) -> Double {
    guard let upper = points.firstIndex(where: { $0.x >= x }) else {
      return points[points.count - 1].y
    }
    guard upper > 0 else { return points[0].y }
    let (left, right) = (points[upper - 1], points[upper])
    return left.y + (right.y - left.y) * (x - left.x) / (right.x - left.x)
  }
}
