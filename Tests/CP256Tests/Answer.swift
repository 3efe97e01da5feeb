import P256TestSupport

/// Who computes: the TLS library alone, or its function with CP256 behind it.
enum Party: Int32 {
  case library, seam
}

/// A point as the TLS library takes it.
struct Point {
  var x = Number(0)
  var y = Number(0)
  var z: Int32 = 1
  var isGenerator = false

  static let generator = Point(isGenerator: true)

  /// -P, unless it is the generator, whose coordinates are not at hand.
  var opposite: Point {
    precondition(!isGenerator)
    return Point(x: x, y: .prime - y, z: z)
  }

  fileprivate func with<R>(_ body: (p256_test_point) -> R) -> R {
    x.bytes.withSigned { x in
      y.bytes.withSigned { y in
        body(p256_test_point(x: x, y: y, z: z, is_generator: isGenerator ? 1 : 0))
      }
    }
  }
}

/// What a function of the TLS library's answers: its error, and the point if there is none.
struct Answer: Equatable {
  var error: Int32
  var x: [UInt8] = []
  var y: [UInt8] = []
  var isInfinity = false

  /// The point, as an operand.
  var point: Point {
    Point(
      x: Number(bytes: Array(x.prefix(Number.byteCount))),
      y: Number(bytes: Array(y.prefix(Number.byteCount))))
  }

  fileprivate init(_ error: Int32, _ result: p256_test_result) {
    self.error = error
    guard error == 0 else { return }
    isInfinity = result.z == 0
    guard !isInfinity else { return }
    x = withUnsafeBytes(of: result.x) { Array($0) }
    y = withUnsafeBytes(of: result.y) { Array($0) }
  }
}

extension [UInt8] {
  fileprivate func withSigned<R>(
    isNegative: Bool = false, _ body: (p256_test_number) -> R
  ) -> R {
    withUnsafeBufferPointer {
      body(
        p256_test_number(
          bytes: $0.baseAddress, count: $0.count, is_negative: isNegative ? 1 : 0))
    }
  }
}

extension Party {
  func multiply(
    _ scalar: [UInt8], isNegative: Bool = false, _ point: Point,
    curve: Int32 = Int32(P256_CURVE_P256), random: Int32 = 0
  ) -> Answer {
    scalar.withSigned(isNegative: isNegative) { scalar in
      point.with { point in
        var result = p256_test_result()
        let error = p256_test_multiply(rawValue, curve, scalar, point, random, &result)
        return Answer(error, result)
      }
    }
  }

  func multiply(_ scalar: Number, _ point: Point) -> Answer { multiply(scalar.bytes, point) }

  func multiplyAdd(
    _ m: Number, _ p: Point, _ n: Number, _ q: Point, mIsNegative: Bool = false,
    curve: Int32 = Int32(P256_CURVE_P256)
  ) -> Answer {
    m.bytes.withSigned(isNegative: mIsNegative) { m in
      n.bytes.withSigned { n in
        p.with { p in
          q.with { q in
            var result = p256_test_result()
            let error = p256_test_multiply_add(rawValue, curve, m, p, n, q, &result)
            return Answer(error, result)
          }
        }
      }
    }
  }

  /// The library's error, and the number; the latter is zero where there is an error.
  func invert(
    _ value: [UInt8], modulo modulus: [UInt8], isNegative: Bool = false
  ) -> (error: Int32, number: [UInt8]) {
    apply(p256_test_invert, value, modulus, isNegative)
  }

  func reduce(
    _ value: [UInt8], modulo modulus: [UInt8], isNegative: Bool = false
  ) -> (error: Int32, number: [UInt8]) {
    apply(p256_test_reduce, value, modulus, isNegative)
  }

  func reduceModuloPrime(_ value: [UInt8], isNegative: Bool = false) -> (
    error: Int32, number: [UInt8]
  ) {
    apply(p256_test_reduce_modulo_p, value, Number.prime.bytes, isNegative)
  }

  private func apply(
    _ function: (Int32, p256_test_number, p256_test_number, UnsafeMutablePointer<UInt8>?) -> Int32,
    _ value: [UInt8], _ modulus: [UInt8], _ isNegative: Bool
  ) -> (error: Int32, number: [UInt8]) {
    var result = [UInt8](repeating: 0, count: P256_TEST_COORDINATE_BYTES)
    let error = value.withSigned(isNegative: isNegative) { value in
      modulus.withSigned { modulus in function(rawValue, value, modulus, &result) }
    }
    return (error, result)
  }

  func field(_ operation: Int32, _ a: Number, _ b: Number) -> Number {
    var result = Number(0)
    p256_test_field(rawValue, operation, a.bytes, b.bytes, &result.bytes)
    return result
  }
}
