public import DataFiles
import Units

extension Scenario {
  /// The bytes that a scenario file may have.
  public static var fileSizeMaximum: Int { 1_048_576 }

  /// Reads a scenario file; what it leaves out is as in the default scenario.
  ///
  /// - Throws: A complaint that names file, line, key, and what would be right.
  public init(_ bytes: [UInt8], file: String) throws(DataError) {
    let root = try JSONParser.parse(bytes, file: file, sizeMaximum: Self.fileSizeMaximum)
    try self.init(DataPlace(root, file: file))
  }

  /// Reads a scenario out of another file.
  public init(_ place: DataPlace) throws(DataError) {
    self.init()
    let hasName = try place.anyMembers().contains { $0.key == "name" }
    guard hasName else { throw place.missing("name", "small letters, digits, hyphens") }
    let note = Field<Scenario>(
      key: "$schema", meaning: "where the schema is", schema: [:],
      read: { (place, _) throws(DataError) in _ = try place.text("where the schema is") },
      write: { _ in nil })
    try ([note] + Self.fields).read(place, into: &self)
  }

  /// The whole scenario, with every key, as a file would have it.
  public var json: JSON { Self.fields.json(self) }

  /// A hash of the whole scenario, in hexadecimal: FNV-1a of its JSON, 64 bits.
  public var hash: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in json.line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
