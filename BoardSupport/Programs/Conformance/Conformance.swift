import Board
import BoardPlatform
import CBoard
import DeviceImage
import PlatformConformance

nonisolated(unsafe) private var board = Board()

/// Checks this board's side of the platform contract, and says on the console what it found.
///
/// The peers are those of `swiftlet conformance`: the device image names their host and port as
/// those of the cloud. The check of the flash takes the seed with it; the board has to be
/// provisioned anew.
@main
struct ConformanceProgram {
  static func main() {
    // Nobody else uses the variable.
    unsafe check(&board)
    while true { cpu_wait_for_interrupt() }
  }

  private static func check(_ board: inout Board) {
    guard let echo = board.startForConformance() else { return }
    var reporter = ConsoleReporter()
    Conformance.checkMonotonicClock(&board, &reporter)
    Conformance.checkEntropySource(&board, &reporter)
    Conformance.checkNameResolver(
      &board, numeric: StaticString("10.0.2.2").bytes, address: .v4([10, 0, 2, 2]),
      unknown: StaticString("nobody.invalid").bytes, &reporter)
    Conformance.checkDatagramSocket(&board, echo: echo, &reporter)
    Conformance.checkByteStream(
      &board,
      peers: StreamPeers(
        echo: echo, dead: Endpoint(address: echo.address, port: 1),
        farewell: Endpoint(address: echo.address, port: echo.port + 1)),
      &reporter)
    Conformance.checkSensor(&board, &reporter)
    Conformance.checkPowerStateMeter(&board, &reporter)
    Conformance.checkWatchdog(&board, &reporter)
    Conformance.checkConsole(&board, &reporter)
    Conformance.checkFlashRegion(&board, &reporter)
    reporter.report(
      "memory: bytes are copied and filled", board_bytes_are_right() != 0 ? .passed : .failed)
    BoardConsole.write("conformance: ")
    BoardConsole.write(reporter.passed)
    BoardConsole.write(" passed, ")
    BoardConsole.write(reporter.failed)
    BoardConsole.write(" failed, ")
    BoardConsole.write(reporter.skipped)
    BoardConsole.write(" skipped\n")
  }
}
