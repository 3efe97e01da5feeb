import Foundation
import Testing

/// Rules of style that a reader of a change might overlook, checked over the sources themselves.
@Suite struct TidyTests {
  private let tree: SourceTree

  init() throws { tree = try SourceTree() }

  @Test func findsTheSources() {
    #expect(tree.swift(in: "Sources").count > 100)
    #expect(tree.files.contains { $0.path == ".ci/run" })
  }

  @Test func noLineIsLongerThan100Characters() {
    for file in tree.files where !file.path.hasSuffix(".md") && !file.path.hasSuffix(".json") {
      for (index, line) in file.lines.enumerated() where line.count > 100 {
        Issue.record("\(file.path):\(index + 1) has \(line.count) characters")
      }
    }
  }

  @Test(arguments: [
    (#"\bimport Foundation\b"#, "the core depends on the toolchain alone"),
    (#"\btry[!?]"#, "the core drops no failure"),
    (#"[\w)\]]!(?!=)"#, "the core unwraps nothing by force"),
    (#"\bclass\b(?! of)"#, "the core allocates nothing"),
    (#"\bany [A-Z]"#, "the core has no existentials"),
    (#":\s*\[[A-Z]\w*\]"#, "the core has no arrays but inline ones"),
    (#"\bString\b"#, "the core has no strings but static ones"),
    (#"@unchecked Sendable"#, "only the C adapter vouches for itself"),
  ])
  func theCoreAvoids(_ pattern: String, _ reason: String) throws {
    let expression = try Regex(pattern)
    for file in tree.swift(in: "Sources") {
      if pattern.hasPrefix("@unchecked"), file.path.contains("MbedTLSAdapter") { continue }
      for (index, line) in file.lines.enumerated() {
        let code = Self.withoutComment(line)
        if code.contains(expression) {
          Issue.record("\(file.path):\(index + 1): \(reason): \(code)")
        }
      }
    }
  }

  @Test func unsafeStandsWhereItMay() {
    let allowed = ["Sources/Bytes/", "Sources/MbedTLSAdapter/"]
    for file in tree.swift(in: "Sources") where !allowed.contains(where: file.path.hasPrefix) {
      for (index, line) in file.lines.enumerated()
      where Self.withoutComment(line).contains("unsafe ") {
        Issue.record("\(file.path):\(index + 1): unsafe code belongs to Bytes and the adapter")
      }
    }
  }

  @Test func modulesDependInOneDirection() throws {
    let allowed: [String: Set<String>] = [
      "Units": [], "Jitter": [], "Bytes": ["Synchronization"], "Platform": ["Units"],
      "PlatformConformance": ["Bytes", "Platform", "Units"],
      "DeviceImage": ["Bytes"], "Store": ["Bytes", "Cryptography", "Platform"],
      "Metering": ["Bytes", "Platform", "Units"],
      "Wire": ["Bytes", "Units"],
      "MQTTClient": ["Bytes", "Synchronization", "Units", "Wire"],
      "TimeKeeping": ["Bytes", "Units", "Wire"], "Cryptography": ["Bytes"],
      "Identity": ["Bytes", "Cryptography", "TimeKeeping", "Units"],
      "TLS": ["Bytes", "TimeKeeping", "Units"],
      "Device": [
        "Bytes", "Cryptography", "DeviceImage", "Identity", "Jitter", "MQTTClient", "Platform",
        "Store", "TLS", "TimeKeeping", "Units", "Wire",
      ],
      "MbedTLSAdapter": ["Bytes", "CMbedTLS", "Cryptography", "TLS", "TimeKeeping", "Units"],
    ]
    for file in tree.swift(in: "Sources") {
      let module = String(file.path.split(separator: "/")[1])
      for line in file.lines {
        guard let match = line.wholeMatch(of: /(?:public |package )?import (\w+)/) else { continue }
        let name = String(match.1)
        #expect(allowed[module]?.contains(name) == true, "\(file.path) imports \(name)")
      }
    }
  }

  @Test func functionsHaveAtMost60Lines() {
    for file in tree.files where file.path.hasSuffix(".swift") {
      var start: (line: Int, indent: Int)?
      for (index, line) in file.lines.enumerated() {
        let indent = line.prefix { $0 == " " }.count
        if let open = start, line.hasPrefix(String(repeating: " ", count: open.indent) + "}"),
          indent == open.indent
        {
          let length = index - open.line + 1
          if length > 60 { Issue.record("\(file.path):\(open.line + 1) has \(length) lines") }
          start = nil
        }
        if start == nil, line.contains(/^\s*(\w+ |@\S+ )*(func|init)\b/) { start = (index, indent) }
      }
    }
  }

  @Test func aFileIsNamedAfterWhatItDeclares() {
    for file in tree.swift(in: "Sources") {
      let name = file.name.dropLast(".swift".count)
      let subject = name.split(separator: "+").first.map(String.init) ?? ""
      let text = file.lines.joined(separator: "\n")
      let declares = text.contains(
        try! Regex(#"\b(struct|enum|protocol|typealias|extension|func) (\w+\.)*\#(subject)\b"#)
          .ignoresCase())
      #expect(declares, "\(file.path) declares nothing called \(subject)")
    }
  }

  @Test func nothingIsLeftToDo() {
    let words = ["TO" + "DO", "FIX" + "ME", "X" + "XX:"]
    for file in tree.files {
      for (index, line) in file.lines.enumerated() where words.contains(where: line.contains) {
        Issue.record("\(file.path):\(index + 1): \(line)")
      }
    }
  }

  /// Tests and demonstrations talk to this machine alone, and nothing names a machine's folders.
  @Test func onlyLoopbackAddressesAndNoMachinePaths() throws {
    let address = /\b(\d{1,3})\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/
    let paths = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"]
    for file in tree.files {
      for (index, line) in file.lines.enumerated() {
        for match in line.matches(of: address) {
          // Sections of the MQTT standard look like addresses, but begin with a small number.
          guard let first = Int(match.1), first > 9, first != 127, first != 10 else { continue }
          Issue.record("\(file.path):\(index + 1): address \(match.0)")
        }
        for path in paths where line.contains(path) {
          Issue.record("\(file.path):\(index + 1): names the folder \(path)")
        }
      }
    }
  }

  private static func withoutComment(_ line: String) -> String {
    guard let start = line.range(of: "//") else { return line }
    return String(line[..<start.lowerBound])
  }
}
