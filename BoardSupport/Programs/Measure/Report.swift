import BoardPlatform
import CBoard

/// What was measured, as one line of JSON on the console.
struct Report {
  private var count = 0

  /// Begins the line.
  init() { BoardConsole.write("measured {") }

  /// Adds a figure.
  mutating func add(_ name: StaticString, _ value: Int) {
    BoardConsole.write(count == 0 ? "\"" : ",\"")
    BoardConsole.write(name)
    BoardConsole.write("\":")
    BoardConsole.write(value)
    count += 1
  }

  /// Ends the line, and the emulator.
  consuming func finish() -> Never {
    BoardConsole.write("}\n")
    Self.exit()
  }

  /// Says why there are no figures, and ends the emulator.
  static func fail(_ reason: StaticString, _ code: Int = 0) -> Never {
    BoardConsole.write("\nmeasure: ")
    BoardConsole.write(reason)
    BoardConsole.write(" ")
    BoardConsole.write(code)
    BoardConsole.write("\n")
    exit()
  }

  private static func exit() -> Never {
    // SYS_EXIT, for the reason that the application asked for it.
    _ = cpu_semihosting(0x18, 0x2_0026)
    while true { cpu_wait_for_interrupt() }
  }
}
