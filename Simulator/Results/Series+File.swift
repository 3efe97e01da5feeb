import DataFiles

/// Bins as pairs of index and count, without those that are empty.
enum SparseBins {
  static func json(_ counts: [UInt64]) -> JSON {
    .list(
      counts.enumerated().filter { $0.element > 0 }.flatMap {
        [.integer(UInt64($0.offset)), .integer($0.element)]
      })
  }

  static func read(_ place: DataPlace, countMaximum: Int) throws(DataError) -> [UInt64] {
    let items = try place.items(countMaximum: 2 * countMaximum)
    guard items.count % 2 == 0 else {
      throw place.error("has \(items.count) numbers; it should be pairs of bin and count")
    }
    var counts: [UInt64] = []
    for index in stride(from: 0, to: items.count, by: 2) {
      guard counts.count < countMaximum else { throw items[index].error("is a bin too many") }
      let bin = try items[index].integer(
        in: counts.count...(countMaximum - 1), "a bin, above the one before")
      counts += repeatElement(0, count: bin - counts.count)
      counts.append(try items[index + 1].integer(in: 1...UInt64.max, "the count of a bin"))
    }
    return counts
  }
}

extension Histogram {
  var json: JSON {
    .object(["bins": SparseBins.json(counts), "largest": .integer(largest)])
  }

  init(_ place: DataPlace) throws(DataError) {
    let members = try place.members(allowed: ["bins", "largest"])
    guard let bins = members["bins"], let largest = members["largest"] else {
      throw place.missing(members["bins"] == nil ? "bins" : "largest", "part of a histogram")
    }
    let counts = try SparseBins.read(bins, countMaximum: Self.bin(of: .max) + 1)
    let most: UInt64 = try largest.integer(in: 0...UInt64.max, "the largest value")
    guard let histogram = Histogram(counts: counts, largest: most) else {
      throw largest.error("is \(most), which is not in the last bin")
    }
    self = histogram
  }
}

extension Series {
  var json: JSON {
    var members: [String: JSON] = ["binMilliseconds": .integer(binMilliseconds)]
    for (name, path) in Self.paths { members[name] = SparseBins.json(self[keyPath: path]) }
    return .object(members)
  }

  init(_ place: DataPlace) throws(DataError) {
    self.init()
    let members = try place.members(allowed: ["binMilliseconds"] + Self.paths.map(\.name))
    guard let width = members["binMilliseconds"] else {
      throw place.missing("binMilliseconds", "the width of a bin")
    }
    binMilliseconds = try width.integer(in: 1...UInt64(1 << 40), "the width of a bin")
    for (name, path) in Self.paths {
      guard let bins = members[name] else { throw place.missing(name, "counts over time") }
      self[keyPath: path] = try SparseBins.read(bins, countMaximum: Self.binCountMaximum)
    }
  }
}
