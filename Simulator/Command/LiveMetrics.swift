import Fleet
import Foundation
import Metrics
import Wire

/// The page of figures of a live run.
enum LiveMetrics {
  /// Serves the figures of `fleet`, and says on standard error where.
  static func serve(
    _ fleet: Fleet, quality: MQTT.QualityOfService, at place: ListenArgument, isQuiet: Bool
  ) async throws -> MetricsServer {
    let server: MetricsServer
    do {
      server = try await MetricsServer(host: place.host, port: place.port) {
        page(of: fleet, quality: quality)
      }
    } catch {
      throw CommandFailure.temporary(error.description)
    }
    if !isQuiet {
      say("swiftlet: metrics at http://\(address(place.host)):\(server.port)/metrics")
    }
    return server
  }

  private static func page(of fleet: Fleet, quality: MQTT.QualityOfService) -> String {
    var page = FleetMetrics(
      tally: fleet.tally, latencies: fleet.latencies, quality: quality == .atMostOnce ? 0 : 1
    ).exposition
    page.begin("process_resident_memory_bytes", .gauge, help: "Memory of this process in RAM.")
    page.add("process_resident_memory_bytes", [], ProcessLimits.residentBytes)
    page.begin("process_cpu_seconds_total", .counter, help: "Processor time used so far.")
    page.add("process_cpu_seconds_total", [], ProcessorTime.seconds)
    return page.text
  }

  private static func address(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}
