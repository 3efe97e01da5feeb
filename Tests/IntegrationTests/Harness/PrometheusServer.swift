import Foundation

/// A Prometheus that scrapes one port of this machine every half second.
final class PrometheusServer: Sendable {
  private let port: Int
  private let folder: TemporaryFolder
  private let process: ChildProcess

  init(scraping target: Int) async throws {
    port = try LoopbackPort.freeTCP()
    folder = try TemporaryFolder()
    let configuration = try folder.write(
      """
      global:
        scrape_interval: 500ms
      scrape_configs:
        - job_name: swiftlet
          static_configs:
            - targets: ["127.0.0.1:\(target)"]
      """, to: "prometheus.yml")
    process = try ChildProcess(
      Peers.scraper,
      [
        "--config.file=\(configuration)", "--storage.tsdb.path=\(folder.file("data"))",
        "--web.listen-address=127.0.0.1:\(port)", "--log.level=error",
      ])
    try await wait(for: "prometheus to listen") { [process, port] in
      guard process.isRunning else { throw Failure("prometheus ended: \(try process.errors)") }
      return LoopbackPort.answers(port)
    }
  }

  /// The one value that `expression` has now; nil for none.
  func query(_ expression: String) async throws -> Double? {
    // `name{labels} => value @[time]`, or `{} => value @[time]`
    let answer = try await ChildProcess(
      Peers.scraperTool, ["query", "instant", "http://127.0.0.1:\(port)", expression]
    ).outcome()
    guard answer.exitCode == 0, let arrow = answer.output.range(of: " => ") else { return nil }
    return Double(answer.output[arrow.upperBound...].prefix { $0 != " " })
  }
}
