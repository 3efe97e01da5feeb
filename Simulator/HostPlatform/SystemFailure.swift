import Glibc
public import Platform

/// A system call that failed, with the number the kernel gave.
public struct SystemFailure: PlatformFailure, CustomStringConvertible {
  /// The kernel's error number (errno).
  public let code: Int32

  /// Creates the failure `code`.
  public init(code: Int32) { self.code = code }

  /// The failure of the call just made.
  static var latest: SystemFailure { SystemFailure(code: errno) }

  /// The peer ended the connection in good order; no system call fails then.
  static let endOfStream = SystemFailure(code: 0)

  /// What the number means to code that serves every platform.
  public var kind: PlatformFailureKind {
    switch code {
    case 0, ECONNRESET, EPIPE: .closed
    case ECONNREFUSED, EACCES, EPERM: .refused
    case EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL: .exhausted
    case EIO, ENODEV, ENOSPC, EROFS: .hardware
    case ENOENT: .unknownName
    default: .unreachable
    }
  }

  /// The kernel's text.
  public var description: String {
    code == 0 ? "closed by the peer" : String(cString: strerror(code))
  }
}
