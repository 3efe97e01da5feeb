import DataFiles

extension FleetResult {
  /// Every single count with its place in the file.
  static var counts: [(name: String, path: WritableKeyPath<FleetResult, UInt64>)] {
    [
      ("deviceMilliseconds", \.deviceMilliseconds), ("events", \.events), ("resets", \.resets),
      ("deaths", \.deaths),
      ("messages.accepted", \.messages.accepted), ("messages.refused", \.messages.refused),
      ("messages.dropped", \.messages.dropped),
      ("messages.acknowledged", \.messages.acknowledged),
      ("messages.delivered", \.messages.delivered),
      ("messages.duplicated", \.messages.duplicated), ("messages.lost", \.messages.lost),
      ("messages.waiting", \.messages.waiting),
      ("connects.attempted", \.connects.attempted), ("connects.full", \.connects.full),
      ("connects.resumed", \.connects.resumed), ("connects.refused", \.connects.refused),
      ("connects.failed", \.connects.failed),
      ("tokens.signed", \.tokens.signed), ("tokens.refused", \.tokens.refused),
      ("tokens.renewals", \.tokens.renewals),
      ("time.synchronizations", \.time.synchronizations),
      ("time.rejections", \.time.rejections),
      ("time.largestErrorMilliseconds", \.time.largestErrorMilliseconds),
      ("flash.bytesProgrammed", \.flash.bytesProgrammed),
      ("flash.blocksErased", \.flash.blocksErased), ("flash.mostErasures", \.flash.mostErasures),
      ("flash.corrupted", \.flash.corrupted),
    ]
  }

  /// The counts by name.
  static var tallies: [(name: String, path: WritableKeyPath<FleetResult, [String: UInt64]>)] {
    [
      ("faults", \.faults), ("failures", \.failures), ("energyNanojoules", \.energyNanojoules),
      ("checked", \.checked), ("broken", \.broken),
    ]
  }

  /// The histograms.
  static var histograms: [(name: String, path: WritableKeyPath<FleetResult, Histogram>)] {
    [
      ("connectMilliseconds", \.connectTime), ("deliveryMilliseconds", \.deliveryTime),
      ("offlineMilliseconds", \.offlineTime), ("backOffMilliseconds", \.backOffTime),
      ("batteryLifeHours", \.batteryLife),
    ]
  }

  /// The result as it stands in a file.
  var json: JSON {
    var members = countMembers
    members["devices"] = .integer(UInt64(devices))
    members["digest"] = .text(digest.text)
    members["series"] = series.json
    members["breaches"] = .list(breaches.map(\.json))
    for (name, path) in Self.tallies {
      members[name] = .object(self[keyPath: path].mapValues { .integer($0) })
    }
    for (name, path) in Self.histograms { members[name] = self[keyPath: path].json }
    return .object(members)
  }

  /// The single counts in their groups.
  var countMembers: [String: JSON] {
    var members: [String: JSON] = [:]
    for (name, path) in Self.counts {
      let parts = name.split(separator: ".").map(String.init)
      let value = JSON.integer(self[keyPath: path])
      guard parts.count == 2 else {
        members[name] = value
        continue
      }
      var group: [String: JSON] = [:]
      if case .object(let known)? = members[parts[0]] { group = known }
      group[parts[1]] = value
      members[parts[0]] = .object(group)
    }
    return members
  }
}

// MARK: - Reading

extension FleetResult {
  /// Reads a result; every key has to be there, and no other.
  init(_ place: DataPlace) throws(DataError) {
    self.init()
    let groups = Set(Self.counts.map { String($0.name.prefix { $0 != "." }) })
    let keys =
      ["devices", "digest", "series", "breaches"] + groups.sorted() + Self.tallies.map(\.name)
      + Self.histograms.map(\.name)
    let members = try place.members(allowed: keys)
    func member(_ key: String) throws(DataError) -> DataPlace {
      guard let member = members[key] else { throw place.missing(key, "part of a result") }
      return member
    }
    devices = try member("devices").integer(in: 0...Int(Int32.max), "the devices")
    let digest = try member("digest")
    guard let sum = Digest(text: try digest.text("32 hexadecimal digits")) else {
      throw digest.error("is \(digest.kind); it should be 32 hexadecimal digits")
    }
    self.digest = sum
    try readCounts(groups.sorted(), member)
    for (name, path) in Self.tallies {
      for (key, count) in try Self.tally(member(name)) { self[keyPath: path][key] = count }
    }
    for (name, path) in Self.histograms {
      self[keyPath: path] = try Histogram(try member(name))
    }
    series = try Series(try member("series"))
    for item in try member("breaches").items(countMaximum: Self.breachMaximum) {
      breaches.append(try Breach(item))
    }
  }

  private mutating func readCounts(
    _ groups: [String], _ member: (String) throws(DataError) -> DataPlace
  ) throws(DataError) {
    for group in groups {
      let place = try member(group)
      let own = Self.counts.filter { $0.name == group || $0.name.hasPrefix("\(group).") }
      if own.count == 1, own[0].name == group {
        self[keyPath: own[0].path] = try place.integer(in: 0...UInt64.max, "a count")
        continue
      }
      let keys = own.map { String($0.name.dropFirst(group.count + 1)) }
      let parts = try place.members(allowed: keys)
      for (key, count) in zip(keys, own) {
        guard let part = parts[key] else { throw place.missing(key, "a count") }
        self[keyPath: count.path] = try part.integer(in: 0...UInt64.max, "a count")
      }
    }
  }

  private static func tally(_ place: DataPlace) throws(DataError) -> [(String, UInt64)] {
    let members = try place.anyMembers()
    guard members.count <= 1_000 else { throw place.error("has more than 1000 names") }
    var counts: [(String, UInt64)] = []
    for (key, member) in members {
      guard key.utf8.count <= 200 else { throw member.error("has a name of over 200 bytes") }
      counts.append((key, try member.integer(in: 0...UInt64.max, "a count")))
    }
    return counts
  }
}

extension Breach {
  fileprivate var json: JSON {
    .object([
      "invariant": .text(invariant), "seed": .integer(seed), "device": .integer(UInt64(device)),
      "atMilliseconds": .integer(atMilliseconds), "detail": .text(detail),
    ])
  }

  fileprivate init(_ place: DataPlace) throws(DataError) {
    let keys = ["invariant", "seed", "device", "atMilliseconds", "detail"]
    let members = try place.members(allowed: keys)
    func member(_ key: String) throws(DataError) -> DataPlace {
      guard let member = members[key] else { throw place.missing(key, "part of a breach") }
      return member
    }
    self.init(
      invariant: try member("invariant").text("the invariant's name"),
      seed: try member("seed").integer(in: 0...UInt64.max, "the seed"),
      device: try member("device").integer(in: 0...Int(Int32.max), "the device's index"),
      atMilliseconds: try member("atMilliseconds").integer(in: 0...UInt64.max, "the moment"),
      detail: try member("detail").text("what was found"))
  }
}
