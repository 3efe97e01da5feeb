/// Why a board cannot be emulated.
public enum EmulatorError: Error, Equatable, CustomStringConvertible {
  /// QEMU for Arm is not installed.
  case noEmulator
  /// A file or folder could not be made, for this reason.
  case file(String, reason: String)
  /// QEMU ended by itself; these were its last words.
  case ended(String)

  /// What is wrong, and what would be right.
  public var description: String {
    switch self {
    case .noEmulator: "qemu-system-arm is missing; Debian's package qemu-system-arm has it"
    case .file(let path, let reason): "\(path): \(reason)"
    case .ended(let words): "the emulator ended by itself: \(words)"
    }
  }
}
