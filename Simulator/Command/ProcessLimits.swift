import CLinux
import Foundation

/// What this process may use and does use.
enum ProcessLimits {
  /// The number of files and sockets that may be open, now and at most.
  static var openFiles: (soft: Int, hard: Int) {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return (Int(clamping: limit.rlim_cur), Int(clamping: limit.rlim_max))
  }

  /// Raises the number of open files to what is allowed without privileges.
  static func raiseOpenFiles() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// Gives large blocks pages of their own, which take no RAM until they are touched.
  ///
  /// The TLS library has two buffers of 16.7 KB for each connection, for the longest records there
  /// are, and those of devices touch the first page or two. In pages that others have used and
  /// freed, all of such a buffer is in RAM.
  static func keepUntouchedPagesOut() { clinux_map_blocks_from(16 << 10) }

  /// The memory of this process that is in RAM, in bytes; 0 where the kernel does not say.
  static var residentBytes: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return 0
    }
    let fields = text.split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
  }
}
