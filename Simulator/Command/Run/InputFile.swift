import DataFiles
import Foundation

/// Files that the user names.
enum InputFile {
  /// Reads a file, or explains what it should have been; one that is far too large is not read.
  static func read(
    _ path: String, _ content: String, sizeMaximum: Int = 1 << 20
  ) throws(DataError) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw DataError(file: path, problem: "there is no such file; it should hold \(content)")
    }
    guard !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
      throw DataError(file: path, problem: "cannot be read; it should hold \(content)")
    }
    defer { try? handle.close() }
    let data: Data?
    do { data = try handle.read(upToCount: sizeMaximum + 1) } catch {
      throw DataError(file: path, problem: "cannot be read; it should hold \(content)")
    }
    guard (data?.count ?? 0) <= sizeMaximum else {
      throw DataError(
        file: path, problem: "has more than \(sizeMaximum) bytes; it should hold \(content)")
    }
    return Array(data ?? Data())
  }
}
