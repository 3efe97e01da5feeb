public import Foundation

/// Published test vectors, which lie beside the repository.
public enum Vectors {
  /// The file `path` of the vectors' folder, or nil with a line of output where there is none.
  public static func data(_ path: String) throws -> Data? {
    let environment = ProcessInfo.processInfo.environment["SWIFTLET_VECTORS"]
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder =
      environment.map { URL(fileURLWithPath: $0) }
      ?? package.deletingLastPathComponent().appendingPathComponent("shared/vectors")
    let file = folder.appendingPathComponent(path)
    guard FileManager.default.fileExists(atPath: file.path) else {
      print("skipped: no vectors \(path)")
      return nil
    }
    return try Data(contentsOf: file)
  }
}

/// Bytes given in hexadecimal digits.
public func bytes(hex: String) -> [UInt8] {
  precondition(hex.utf8.count % 2 == 0)
  let digits = hex.compactMap { $0.hexDigitValue.map { UInt8($0) } }
  precondition(digits.count == hex.utf8.count, "no hexadecimal digits: \(hex)")
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
