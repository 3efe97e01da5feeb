import BoardPlatform
import CMeasure

/// Keys and certificates that everybody knows (Tools/measure-keys.sh).
enum TestKeys {
  static var rsaRoot: Span<UInt8> {
    @_lifetime(immortal)
    get { bytes(MEASURE_RSA_ROOT_CERTIFICATE) }
  }

  static var ecRoot: Span<UInt8> {
    @_lifetime(immortal)
    get { bytes(MEASURE_EC_ROOT_CERTIFICATE) }
  }

  /// The device's key on P-256, in the form of SEC 1, which ends with the public point.
  static var device: Span<UInt8> {
    @_lifetime(immortal)
    get { bytes(MEASURE_DEVICE_EC_KEY) }
  }

  static var devicePoint: Span<UInt8> {
    @_lifetime(immortal)
    get { device.extracting(last: 65) }
  }

  static var deviceCertificate: Span<UInt8> {
    @_lifetime(immortal)
    get { bytes(MEASURE_DEVICE_EC_CERTIFICATE) }
  }

  /// A key of RSA with 2048 bits, in the form of PKCS #1: behind 12 bytes comes the modulus.
  static var deviceRSA: Span<UInt8> {
    @_lifetime(immortal)
    get { bytes(MEASURE_DEVICE_RSA_KEY) }
  }

  static var deviceModulus: Span<UInt8> {
    @_lifetime(immortal)
    get { deviceRSA.extracting(12..<268) }
  }

  @_lifetime(immortal)
  private static func bytes(_ name: Int) -> Span<UInt8> {
    // They lie in flash, and stay.
    let bytes = unsafe measure_test_bytes(Int32(name))
    let buffer = unsafe UnsafeBufferPointer(start: bytes.start, count: bytes.count)
    return unsafe _overrideLifetime(Span(_unsafeElements: buffer), borrowing: ())
  }
}
