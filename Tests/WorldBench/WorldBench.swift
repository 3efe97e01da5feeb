import Dispatch
import Glibc
import Results
import Scenarios
import Synchronization
import Units
import World

/// Runs fleets in virtual time and says how fast that went: `WorldBench DEVICES HOURS JOBS
/// [SEEDS]`.
@main
enum WorldBench {
  static func main() {
    var words = CommandLine.arguments.dropFirst().makeIterator()
    let devices = words.next().flatMap { Int($0) } ?? 1_000
    let hours = words.next().flatMap { UInt64($0) } ?? 24
    let jobs = words.next().flatMap { Int($0) } ?? 1
    var scenario = Scenario()
    scenario.deviceCount = devices
    scenario.duration = Interval(seconds: hours * 3_600)
    var seeds: ClosedRange<UInt64> = 1...1
    while let word = words.next() {
      switch word {
      case "replay":
        let device = words.next().flatMap { Int($0) } ?? 0
        _ = VirtualFleet(scenario: scenario, seed: seeds.lowerBound).replay(device: device) {
          print($0)
        }
        return
      case "swarm": scenario.hasSwarm = true
      case "noenergy": scenario.device.energy = nil
      case "coupled": scenario.cloud.connectsPerSecond = 1_000
      case "noflash": scenario.device.flash.blockCount = 0
      default:
        let ends = word.split(separator: ".").compactMap { UInt64($0) }
        if let first = ends.first, let last = ends.last { seeds = first...last }
      }
    }
    let start = seconds()
    var total = FleetResult()
    for seed in seeds {
      guard let result = run(scenario, seed: seed, jobs: jobs) else { return }
      if !result.broken.isEmpty {
        print("seed \(seed): \(result.broken.sorted { $0.key < $1.key })")
        for breach in result.breaches.prefix(3) {
          print("  device \(breach.device) at \(breach.atMilliseconds): \(breach.detail)")
        }
      }
      if seed == seeds.lowerBound { total = result } else { total.add(result) }
    }
    report(total, wall: seconds() - start, hours: hours)
  }

  /// Runs as many shards as there are jobs.
  private static func run(_ scenario: Scenario, seed: UInt64, jobs: Int) -> FleetResult? {
    let fleet = VirtualFleet(scenario: scenario, seed: seed)
    guard jobs > 1 else { return fleet.run() }
    let sum = Mutex(FleetResult?.none)
    DispatchQueue.concurrentPerform(iterations: jobs) { shard in
      guard let result = fleet.run(shard: shard, of: jobs) else { return }
      sum.withLock { sum in
        if sum == nil { sum = result } else { sum?.add(result) }
      }
    }
    return sum.withLock { $0 }
  }

  private static func report(_ result: FleetResult, wall: Double, hours: UInt64) {
    let deviceHours = Double(result.deviceMilliseconds) / 3_600_000
    print("device-hours \(deviceHours), wall \(wall) s: \(Int(deviceHours / wall)) a second")
    print("events \(result.events): \(wall * 1e6 / Double(max(1, result.events))) us each")
    print("per message \(wall * 1e6 / Double(max(1, result.messages.accepted))) us")
    print("digest \(String(result.digest.high, radix: 16)) \(String(result.digest.low, radix: 16))")
    print(result.messages, result.connects, result.tokens, result.time, result.flash)
    print("resets \(result.resets) faults \(result.faults.sorted { $0.key < $1.key })")
    print("failures \(result.failures.sorted { $0.key < $1.key })")
    print("checked \(result.checked.sorted { $0.key < $1.key })")
    print("broken \(result.broken.sorted { $0.key < $1.key })")
    print("energy \(result.energyNanojoules.sorted { $0.key < $1.key })")
    for (name, histogram) in [
      ("connect", result.connectTime), ("delivery", result.deliveryTime),
      ("offline", result.offlineTime), ("backOff", result.backOffTime),
    ] {
      print(
        "\(name): \(histogram.count), p50 \(histogram.percentile(50)), "
          + "p99 \(histogram.percentile(99)), max \(histogram.largest)")
    }
    var usage = rusage()
    getrusage(0, &usage)
    print("resident \(usage.ru_maxrss) KB at most")
  }

  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
