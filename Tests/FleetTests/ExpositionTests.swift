import Fleet
import Metrics
import Testing

@Suite struct ExpositionTests {
  @Test("The page is the text format of Prometheus, to the letter")
  func format() {
    var page = Exposition()
    page.begin("a_total", .counter, help: "Back\\slash, \"quotes\" and\na new line.")
    page.add("a_total", [("reason", "said \"no\\\n\""), ("b", "")], 3)
    page.begin("b_seconds", .histogram, help: "Times.")
    page.add(
      "b_seconds", [("phase", "tcp")], buckets: [(0.001, 1), (1, 2)], count: 4, sum: 130.5)
    page.begin("c", .gauge, help: "Odd ones.")
    page.add("c", [], 0.25)
    page.add("c", [], Double.nan)
    page.add("c", [], -Double.infinity)
    #expect(
      page.text == #"""
        # HELP a_total Back\\slash, "quotes" and\na new line.
        # TYPE a_total counter
        a_total{reason="said \"no\\\n\"",b=""} 3
        # HELP b_seconds Times.
        # TYPE b_seconds histogram
        b_seconds_bucket{phase="tcp",le="0.001"} 1
        b_seconds_bucket{phase="tcp",le="1"} 2
        b_seconds_bucket{phase="tcp",le="+Inf"} 4
        b_seconds_sum{phase="tcp"} 130.5
        b_seconds_count{phase="tcp"} 4
        # HELP c Odd ones.
        # TYPE c gauge
        c 0.25
        c NaN
        c -Inf

        """#)
  }

  @Test("The figures of a fleet: names, states, reasons, and buckets that only grow")
  func fleet() throws {
    var tally = FleetTally()
    tally.phases[8] = 7
    tally.connectsFull = 9
    tally.accepted = 5
    tally.failures["the stream broke: closed"] = 2
    var latencies = Latencies()
    for milliseconds: UInt64 in [1, 3, 45, 45, 1_500, 119_000, 130_000] {
      latencies.record(.tls, nanoseconds: milliseconds * 1_000_000)
    }
    let text = FleetMetrics(tally: tally, latencies: latencies, quality: 1).exposition.text
    let lines = text.split(separator: "\n").map(String.init)
    for line in [
      #"swiftlet_devices{state="online"} 7"#,
      #"swiftlet_devices{state="waiting"} 0"#,
      #"swiftlet_connects_total{result="accepted",reason="full handshake"} 9"#,
      #"swiftlet_connects_total{result="failed",reason="the stream broke: closed"} 2"#,
      #"swiftlet_messages_total{dir="out",qos="1",result="accepted"} 5"#,
      #"swiftlet_connect_seconds_bucket{phase="tls",le="0.04"} 2"#,
      #"swiftlet_connect_seconds_bucket{phase="tls",le="0.05"} 4"#,
      #"swiftlet_connect_seconds_bucket{phase="tls",le="120"} 6"#,
      #"swiftlet_connect_seconds_bucket{phase="tls",le="+Inf"} 7"#,
      #"swiftlet_connect_seconds_count{phase="tls"} 7"#,
      "swiftlet_token_renewals_total 0", "swiftlet_generator_late_seconds_count 0",
      "swiftlet_reconnect_delay_seconds_count 0", "swiftlet_publish_seconds_count 0",
    ] {
      #expect(lines.contains(line), "\(line) is missing")
    }
    // Each name is introduced once, and before its first sample.
    let types = lines.filter { $0.hasPrefix("# TYPE ") }
    #expect(Set(types).count == types.count)
    #expect(!text.contains("device-"))
  }
}
