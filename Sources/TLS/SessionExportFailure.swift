/// Why a session could not be turned into bytes.
public enum SessionExportFailure: Error, Equatable, Sendable {
  /// There is no device key to seal it with.
  case noKey
  /// The random generator has not been seeded.
  case notSeeded
  /// The space is too small.
  case overflow
  /// The fixed memory of the library is used up.
  case outOfMemory
  /// The library failed in a way that should not happen; the number is its own.
  case internalFailure(Int32)
}
