import Foundation

/// Files that the program writes.
enum OutputFile {
  /// Writes a whole file or none.
  static func write(_ text: String, to path: String) throws(CommandFailure) {
    do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
      throw .temporary("\(path): cannot be written: \(error.localizedDescription)")
    }
  }
}
