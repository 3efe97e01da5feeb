import P256TestSupport
import Testing

/// What the TLS library refuses is refused with the same error.
@Suite struct RefusalTests {
  private static let point = Party.library.multiply(Number(77), .generator).point

  /// Points that are none: off the curve, not below the prime, not affine.
  private static let falsePoints: [Point] = {
    var points: [Point] = []
    var point = Self.point
    point.y = point.y + Number(1)
    points.append(point)
    point = Self.point
    point.x = point.x + Number(1)
    points.append(point)
    point = Self.point
    point.z = 2
    points.append(point)
    point.z = 0
    points.append(point)
    points.append(Point(x: Number(0), y: Number(0)))
    points.append(Point(x: .prime, y: Number(0)))
    points.append(Point(x: Number(word: .max), y: Number(word: .max)))
    // On the curve, if y is taken modulo the prime, but for what goes beyond 256 bits.
    let base = Party.library.multiply(Number(1), .generator).point
    points.append(Point(x: base.x, y: base.y + .prime))
    return points
  }()

  @Test func scalarsOutOfRange() {
    let order = Number.order
    for point in [Point.generator, Self.point] {
      for scalar in [Number(0), order, order + Number(1), Number(word: .max)] {
        let expected = Party.library.multiply(scalar, point)
        #expect(expected.error != 0)
        #expect(Party.seam.multiply(scalar, point) == expected, "\(scalar)")
      }
      let negative = Party.library.multiply([3], isNegative: true, point)
      #expect(negative.error != 0)
      #expect(Party.seam.multiply([3], isNegative: true, point) == negative)
      let long = Party.library.multiply(Number(3).bytes + [1], point)
      #expect(long.error != 0)
      #expect(Party.seam.multiply(Number(3).bytes + [1], point) == long)
    }
  }

  @Test func pointsOffTheCurve() {
    for point in Self.falsePoints {
      let expected = Party.library.multiply(Number(3), point)
      #expect(expected.error != 0)
      #expect(Party.seam.multiply(Number(3), point) == expected, "\(point)")
    }
  }

  @Test func sumsWithPointsOffTheCurve() {
    for point in Self.falsePoints {
      for scalar in [Number(0), Number(1), Number(3)] {
        let expected = Party.library.multiplyAdd(Number(5), .generator, scalar, point)
        #expect(expected.error != 0)
        #expect(
          Party.seam.multiplyAdd(Number(5), .generator, scalar, point) == expected, "\(point)")
        #expect(
          Party.seam.multiplyAdd(scalar, point, Number(5), .generator).error != 0, "\(point)")
      }
    }
  }

  @Test func sumsWithScalarsOutOfRange() {
    for scalar in [Number.order, .order + Number(1), Number(word: .max)] {
      let expected = Party.library.multiplyAdd(scalar, .generator, Number(3), Self.point)
      #expect(expected.error != 0)
      #expect(Party.seam.multiplyAdd(scalar, .generator, Number(3), Self.point) == expected)
      #expect(Party.seam.multiplyAdd(Number(3), .generator, scalar, Self.point).error != 0)
    }
  }

  /// Wherever memory runs out, there is an error or the right result.
  @Test func memoryThatRunsOut() {
    let scalar = Number(word: 0x0BAD_CAFE)
    let calls: [() -> Answer] = [
      { Party.seam.multiply(scalar, .generator) },
      { Party.seam.multiply(scalar, Self.point) },
      { Party.seam.multiplyAdd(scalar, .generator, Number(7), Self.point) },
      { Party.seam.multiplyAdd(.order - Number(77), .generator, Number(1), Self.point) },
    ]
    for call in calls {
      let expected = call()
      #expect(expected.error == 0)
      var allowed: Int64 = 0
      while true {
        p256_test_limit_memory(allowed)
        let answer = call()
        p256_test_limit_memory(-1)
        if p256_test_was_refused() == 0 {
          #expect(answer == expected)
          break
        }
        #expect(answer.error != 0, "after \(allowed) allocations")
        allowed += 1
      }
      #expect((1...10).contains(allowed))
    }
  }

  @Test func otherCurvesGoToTheLibrary() {
    let curve = Int32(P256_CURVE_P384)
    let scalar = Number(word: 0x2468_ACF1).bytes
    let expected = Party.library.multiply(scalar, .generator, curve: curve)
    #expect(expected.error == 0)
    #expect(Party.seam.multiply(scalar, .generator, curve: curve) == expected)
    let sum = Party.library.multiplyAdd(
      Number(5), .generator, Number(7), .generator, curve: curve)
    #expect(sum.error == 0)
    #expect(
      Party.seam.multiplyAdd(Number(5), .generator, Number(7), .generator, curve: curve) == sum)
  }
}
