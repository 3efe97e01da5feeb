import BoardPlatform
import CBoard
import CMeasure

// What a client computes on each curve, apart from any handshake: the price of the curve that a
// server chooses, and of a chain that is signed on it.
extension Measure {
  mutating func measureCurves() {
    measureCurve(
      MEASURE_CURVE_P256, exchange: "keyExchangeP256", verification: "chainSignatureP256")
    measureCurve(
      MEASURE_CURVE_P384, exchange: "keyExchangeP384", verification: "chainSignatureP384")
  }

  private mutating func measureCurve(
    _ curve: Int, exchange: StaticString, verification: StaticString
  ) {
    board_start_memory()
    check(measure_curve_start(Int32(curve)))
    var watch = Stopwatch()
    watch.start()
    check(measure_curve_exchange())
    watch.stop()
    add(exchange, &watch)
    watch.start()
    check(measure_curve_verify())
    watch.stop()
    add(verification, &watch)
    measure_curve_end()
  }

  private func check(_ result: Int32) {
    guard result == 0 else { Report.fail("the curve failed", Int(result)) }
  }
}
