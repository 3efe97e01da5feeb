import BoardPlatform

extension Client {
  /// Signs `message`, counted.
  mutating func sign<let capacity: Int>(
    _ message: Span<UInt8>, into signature: inout FixedBytes<capacity>
  ) {
    var count = 0
    do {
      var space = signature.freeSpace
      watch.start()
      do { count = try backend.sign(message, into: &space) } catch { Report.fail("no signature") }
      watch.stop()
    }
    signature.commit(count)
  }

  /// Makes the code of `message` under a key of 32 bytes, counted.
  mutating func authenticate(_ message: Span<UInt8>) {
    let key = StaticString("a key of 32 bytes, for the tests").bytes
    watch.start()
    do { _ = try backend.hmacSHA256(message, key: key) } catch { Report.fail("no code") }
    watch.stop()
  }
}
