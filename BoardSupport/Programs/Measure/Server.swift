import BoardPlatform
import CMeasure

/// The server that the client under measurement talks to, on the same board; never counted.
enum Server {
  /// What it shows itself with.
  enum Chain {
    /// RSA: 2048 bits below 2048 bits below a root of 4096 bits.
    case rsa
    /// P-256 on all three levels.
    case ec
  }

  /// Starts it; tickets from before are void.
  static func start(_ chain: Chain, asksForCertificate: Bool = false) {
    let kind = chain == .rsa ? MEASURE_CHAIN_RSA : MEASURE_CHAIN_EC
    check(measure_server_start(Int32(kind), asksForCertificate ? 1 : 0))
  }

  /// Has it await a new connection.
  static func accept() { check(measure_server_accept()) }

  /// Hands `bytes` to it, as far as it takes them, and returns how many that were.
  static func receive(_ bytes: Span<UInt8>) -> Int {
    // The server copies them.
    unsafe bytes.withUnsafeBufferPointer {
      unsafe measure_server_receive($0.baseAddress, $0.count)
    }
  }

  /// Has it work on what it received.
  static func advance() { check(measure_server_advance()) }

  /// Fills a prefix of `space` with what it says, and returns the length.
  static func send(into space: inout MutableSpan<UInt8>) -> Int {
    // The server writes no more than the count.
    unsafe space.withUnsafeMutableBufferPointer {
      unsafe measure_server_send($0.baseAddress, $0.count)
    }
  }

  private static func check(_ result: Int32) {
    guard result == 0 else { Report.fail("the server failed", Int(result)) }
  }
}
