import Metrics
import Synchronization

/// The page of figures of a run in virtual time, for Prometheus to scrape.
final class RunMetrics: Sendable {
  private let latest = Mutex<FleetRunner.Progress?>(nil)
  private let started = ContinuousClock.now

  /// Notes how far the run has come.
  func note(_ progress: FleetRunner.Progress) { latest.withLock { $0 = progress } }

  /// Serves the figures, and says on standard error where.
  func serve(at place: ListenArgument, isQuiet: Bool) async throws(CommandFailure) -> MetricsServer
  {
    do {
      let server = try await MetricsServer(host: place.host, port: place.port) { self.page }
      if !isQuiet {
        let host = place.host.contains(":") ? "[\(place.host)]" : place.host
        say("swiftlet: metrics at http://\(host):\(server.port)/metrics")
      }
      return server
    } catch {
      throw .temporary(error.description)
    }
  }

  private var page: String {
    let progress = latest.withLock { $0 } ?? FleetRunner.Progress(totalMilliseconds: 0)
    var page = Exposition()
    func add(_ name: String, _ kind: Exposition.Kind, _ help: String, _ value: Double) {
      page.begin(name, kind, help: help)
      page.add(name, [], value)
    }
    add(
      "swiftlet_sim_device_seconds_total", .counter,
      "Seconds simulated so far, of all devices together.", Double(progress.milliseconds) / 1_000)
    add(
      "swiftlet_sim_device_seconds_planned", .gauge,
      "Seconds to simulate, of all devices together.",
      Double(progress.totalMilliseconds) / 1_000)
    add(
      "swiftlet_sim_events_total", .counter, "How often a device was woken.",
      Double(progress.events))
    add(
      "swiftlet_sim_wall_seconds_total", .counter, "Seconds since the run began.",
      (ContinuousClock.now - started) / .seconds(1))
    add(
      "process_resident_memory_bytes", .gauge, "Memory of this process in RAM.",
      Double(ProcessLimits.residentBytes))
    add(
      "process_cpu_seconds_total", .counter, "Processor time used so far.", ProcessorTime.seconds)
    return page.text
  }
}
