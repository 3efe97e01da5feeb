import Crypto
import Foundation

/// What tells this program from others that may calculate otherwise.
enum Build {
  /// The version.
  static let version = "0.1.0"

  /// The version and a hash of the program's own bytes: equal for equal programs alone.
  static var id: String {
    get throws(CommandFailure) {
      let path = "/proc/self/exe"
      let data: Data
      do { data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) } catch {
        throw .temporary("\(path): cannot be read: \(error.localizedDescription)")
      }
      let hash = SHA256.hash(data: data).prefix(8)
        .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
      return "\(version)+\(hash.joined())"
    }
  }
}
