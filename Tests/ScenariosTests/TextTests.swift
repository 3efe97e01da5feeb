import DataFiles
import Scenarios
import Testing
import Units

/// Times, dates, conditions and JSON as texts.
@Suite struct TextTests {
  @Test(
    arguments: [
      ("0s", 0), ("500ms", 500), ("20s", 20_000), ("1.5h", 5_400_000), ("90m", 5_400_000),
      ("30d", 2_592_000_000), ("5y", 157_788_000_000), ("65.536s", 65_536),
    ] as [(String, UInt64)])
  func aTimeIsRead(_ text: String, _ milliseconds: UInt64) {
    #expect(Interval(text: text)?.milliseconds == milliseconds)
  }

  @Test(arguments: ["", "s", "5", "5 s", "-1s", "1e99y", "nans", "infs", "1x"])
  func noTimeIsRefused(_ text: String) { #expect(Interval(text: text) == nil) }

  @Test func writtenTimesAreReadBack() {
    for milliseconds: UInt64 in [0, 1, 999, 1_000, 65_536, 60_000, 86_400_000, 157_788_000_000] {
      let interval = Interval(milliseconds: milliseconds)
      #expect(Interval(text: interval.text) == interval, "\(interval.text)")
    }
    #expect(Interval(milliseconds: 157_788_000_000).text == "5y")
  }

  @Test(
    arguments: [
      ("1970-01-01", 0), ("2000-02-29", 951_782_400), ("2027-01-01", 1_798_761_600),
      ("2038-01-19T03:14:08Z", 2_147_483_648), ("2100-03-01", 4_107_542_400),
      ("1999-12-31T23:59:59Z", 946_684_799),
    ] as [(String, Int64)])
  func aDateIsReadAndWritten(_ text: String, _ seconds: Int64) {
    #expect(UnixTime(text: text)?.seconds == seconds)
    #expect(UnixTime(seconds: seconds).text == text)
  }

  @Test(arguments: [
    "", "2027", "2027-13-01", "2027-00-01", "2027-02-29", "2100-02-29", "2027-04-31",
    "2027-01-00", "2027-01-01T24:00:00Z", "2027-01-01T00:60:00Z", "1969-12-31", "2027-01-01 ",
  ])
  func noDateIsRefused(_ text: String) { #expect(UnixTime(text: text) == nil) }

  @Test(
    arguments: [
      ("messages.lost==0", 0, true), ("messages.lost==0", 1, false), ("messages.lost > 0", 1, true),
      ("connects.p99>5s", 5_000, false), ("connects.p99>=5s", 5_000, true),
      ("battery.p05<3y", 94_672_800_000, false), ("battery.p05<3y", 94_672_799_999, true),
      ("battery.p05<3y", .infinity, false), ("connects.peakPerSecond<=500", 500.5, false),
      ("energy.total!=3.5", 3.5, false), ("offline.p999<1m", 59_999, true),
    ] as [(String, Double, Bool)])
  func aConditionHolds(_ text: String, _ value: Double, _ holds: Bool) throws {
    #expect(try Condition(text).holds(for: value) == holds)
  }

  @Test(arguments: [
    "", "messages.lost", "==0", "messages.lost=0", "messages.lost==", "messages.lost==x",
    "messages.lost==-1", "messages==0", "messages.lost.x==0", "connects.p==1s", "connects.p0==1s",
    "connects.p00==1s", "connects.p+1==1s", "connects.p99>5", "energy.love>0", "faults.flood>0",
    "messages.lost==0==0",
  ])
  func noConditionIsRefused(_ text: String) {
    #expect(throws: Condition.Misunderstood.self) { try Condition(text) }
  }

  @Test func percentilesHaveNames() {
    #expect(Metric.percent("p05") == 5)
    #expect(Metric.percent("p50") == 50)
    #expect(Metric.percent("p999") == 99.9)
    #expect(Metric.percent("max") == 100)
    #expect(Metric.percent("p5") == nil)
  }

  @Test func jsonIsWrittenInOneForm() throws {
    let value = JSON.object([
      "b": .list([.integer(.max), .number(0.5), .number(3), .null]), "a": .boolean(true),
      "text": .text("\"\\\n\u{1}\u{E4}\u{1F426}"), "empty": .object([:]),
    ])
    let line = #"""
      {"a": true, "b": [18446744073709551615, 0.5, 3, null], "empty": {}, \#
      "text": "\"\\\n\u0001ä🐦"}
      """#
    #expect(value.line == line)
    let node = try JSONParser.parse(Array(value.lines.utf8), file: "x", sizeMaximum: 1_000)
    let root = DataPlace(node, file: "x")
    let members = try root.members(allowed: ["a", "b", "empty", "text"])
    let numbers = try #require(try members["b"]?.items(countMaximum: 4))
    #expect(try numbers[0].integer(in: 0...UInt64.max, "") == .max, "no digit is lost")
    #expect(numbers[0].node.line == 3)
  }

  @Test func surrogatesMakeOneCharacter() throws {
    let node = try JSONParser.parse(
      Array(#"["\ud83d\udc26 \u00e4\/"]"#.utf8), file: "x", sizeMaximum: 100)
    let items = try DataPlace(node, file: "x").items(countMaximum: 1)
    #expect(try items[0].text("") == "\u{1F426} \u{E4}/")
  }
}
