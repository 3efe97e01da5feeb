import Energy
import Testing

/// The kinetic model against published tables and against its own differential equations.
@Suite struct KineticBatteryTests {
  /// A load of the paper: currents in A, each for some minutes, over and over.
  struct Load: Sendable, CustomTestStringConvertible {
    let name: String
    let parts: [(amperes: Double, minutes: Double)]
    /// The lifetimes in minutes with a capacity of 5.5 and of 11 ampere-minutes.
    let lifetimes: (small: Double, large: Double)

    var testDescription: String { name }
  }

  /// The test loads of the battery scheduling paper.
  ///
  /// M. R. Jongerden, B. R. Haverkort, H. Bohnenkamp and J.-P. Katoen, "Maximizing System Lifetime
  /// by Battery Scheduling", DSN 2009, doi 10.1109/DSN.2009.5270351: the lifetimes that the
  /// analytical KiBaM gives for its ten test loads (two with random jobs are left out), with the
  /// constants of the Itsy pocket computer's battery, c = 0.166 and k' = 0.122 a minute.
  static let loads = [
    Load(name: "CL 250", parts: [(0.25, 1)], lifetimes: (4.53, 12.16)),
    Load(name: "CL 500", parts: [(0.5, 1)], lifetimes: (2.02, 4.53)),
    Load(name: "CL alt", parts: [(0.5, 1), (0.25, 1)], lifetimes: (2.58, 6.45)),
    Load(name: "ILs 250", parts: [(0.25, 1), (0, 1)], lifetimes: (10.80, 44.78)),
    Load(name: "ILs 500", parts: [(0.5, 1), (0, 1)], lifetimes: (4.30, 10.80)),
    Load(
      name: "ILs alt", parts: [(0.5, 1), (0, 1), (0.25, 1), (0, 1)], lifetimes: (4.80, 16.93)),
    Load(name: "ILl 250", parts: [(0.25, 1), (0, 2)], lifetimes: (21.86, 84.90)),
    Load(name: "ILl 500", parts: [(0.5, 1), (0, 2)], lifetimes: (6.53, 21.86)),
  ]

  @Test(arguments: loads)
  func theLifetimesOfTheBatterySchedulingPaper(_ load: Load) {
    for (capacity, published) in [(5.5, load.lifetimes.small), (11, load.lifetimes.large)] {
      var battery = KineticBattery(capacity: capacity, share: 0.166, rate: 0.122)
      let minutes = lifetime(of: &battery, load.parts)
      // The paper prints two decimals; 5 % were asked for, half a percent is kept.
      #expect(isNear(minutes, published, within: 0.005), "\(load.name): \(minutes)")
    }
  }

  /// The lifetimes of a cell phone battery.
  ///
  /// L. Cloth, M. R. Jongerden and B. R. Haverkort, "Computing Battery Lifetime Distributions",
  /// DSN 2007: 2000 mAh, c = 0.625, k = 4.5e-5 a second, 0.96 A. The KiBaM lasts 91 minutes under a
  /// constant load, 90 in the experiment, and 203 minutes under a square wave.
  @Test func theLifetimesOfTheDistributionsPaper() {
    let share = 0.625
    let rate = 4.5e-5 / (share * (1 - share))
    var battery = KineticBattery(capacity: 7_200, share: share, rate: rate)
    let constant = lifetime(of: &battery, [(0.96, 60)]) / 60
    #expect(isNear(constant, 91, within: 0.01), "\(constant)")
    #expect(isNear(constant, 90, within: 0.05), "\(constant)")
    for half in [0.5, 2.5] {
      battery = KineticBattery(capacity: 7_200, share: share, rate: rate)
      let pulsed = lifetime(of: &battery, [(0.96, half), (0, half)]) / 60
      #expect(isNear(pulsed, 203, within: 0.01), "\(pulsed)")
    }
  }

  @Test func theClosedSolutionIsThatOfTheDifferentialEquations() {
    var battery = KineticBattery(capacity: 100, share: 0.3, rate: 0.7)
    var (first, second) = (30.0, 70.0)
    let steps = 20_000
    for (current, time) in [(5.0, 2.0), (0.0, 1.5), (12.0, 0.5), (-3.0, 1.0)] {
      battery.draw(current, for: time)
      let step = time / Double(steps)
      let flow = 0.7 * 0.3 * 0.7
      for _ in 0..<steps {
        // The midpoint rule, exact to the square of the step.
        let slope = flow * (second / 0.7 - first / 0.3)
        let (middleFirst, middleSecond) = (
          first + step / 2 * (slope - current), second - step / 2 * slope
        )
        let middle = flow * (middleSecond / 0.7 - middleFirst / 0.3)
        first += step * (middle - current)
        second -= step * middle
      }
      #expect(isNear(battery.available, first, within: 1e-6))
      #expect(isNear(battery.bound, second, within: 1e-6))
    }
  }

  @Test func chargeIsNeverMadeOrLost() {
    var battery = KineticBattery(capacity: 50, share: 0.2, rate: 3)
    battery.draw(4, for: 1.25)
    battery.draw(0, for: 100)
    #expect(isNear(battery.charge, 45, within: 1e-12))
    #expect(isNear(battery.available / battery.charge, 0.2, within: 1e-9))
  }

  @Test func aHigherCurrentLeavesMoreBehindAndAPauseGetsSomeBack() throws {
    var delivered: [Double] = []
    for current in [1.0, 2, 5, 10, 50] {
      let battery = KineticBattery(capacity: 100, share: 0.2, rate: 0.1)
      let hours = try #require(battery.timeUntilEmpty(at: current, within: 200))
      delivered.append(current * hours)
    }
    #expect(delivered == delivered.sorted(by: >))
    #expect((delivered.last ?? 0) > 20)
    var battery = KineticBattery(capacity: 100, share: 0.2, rate: 0.1)
    let hours = try #require(battery.timeUntilEmpty(at: 10, within: 200))
    battery.draw(10, for: hours)
    #expect(abs(battery.available) < 1e-6)
    battery.draw(0, for: 10)
    #expect(battery.available > 5)
  }

  @Test func oneWellIsABucket() throws {
    let battery = KineticBattery(capacity: 300, share: 1, rate: 1)
    let hours = try #require(battery.timeUntilEmpty(at: 3, within: 1_000))
    #expect(isNear(hours, 100, within: 1e-9))
    #expect(battery.timeUntilEmpty(at: 3, within: 99) == nil)
  }

  /// The table of the AA cell: what the fit says has to come out of the model again.
  @Test func theFitReproducesItsTable() throws {
    let library = try ProfileLibrary.builtIn()
    var fitted = 0
    for battery in library.batteries {
      guard let table = battery.curves["capacityByMilliamperes"] else { continue }
      let fit = KineticFit(table)
      #expect(fit.error < 0.05, "\(battery.id)")
      for point in table.points {
        let model = KineticBattery(capacity: fit.capacity, share: fit.share, rate: fit.rate)
        let hours = try #require(model.timeUntilEmpty(at: point.x, within: 20_000))
        #expect(isNear(hours * point.x, point.y, within: 0.05), "\(battery.id) at \(point.x) mA")
      }
      fitted += 1
    }
    #expect(fitted >= 2)
  }

  /// Synthetic tables: known constants must be found again.
  @Test(arguments: [(0.3, 0.5), (0.6, 0.05), (0.15, 4.0)])
  func theFitFindsKnownConstants(_ share: Double, _ rate: Double) throws {
    let points = try [20.0, 100, 400, 1_500].map { current in
      let battery = KineticBattery(capacity: 2_000, share: share, rate: rate)
      let hours = try #require(battery.timeUntilEmpty(at: current, within: 2_000 / current))
      return Curve.Point(x: current, y: hours * current)
    }
    let fit = KineticFit(Curve(points, standing: .derived, source: "the test"))
    #expect(isNear(fit.capacity, 2_000, within: 0.02), "\(fit)")
    #expect(isNear(fit.share, share, within: 0.1), "\(fit)")
    #expect(isNear(fit.rate, rate, within: 0.2), "\(fit)")
  }

  private func lifetime(
    of battery: inout KineticBattery, _ parts: [(Double, Double)]
  ) -> Double {
    var time = 0.0
    for _ in 0..<100_000 {
      for (current, length) in parts {
        if current > 0, let rest = battery.timeUntilEmpty(at: current, within: length) {
          return time + rest
        }
        battery.draw(current, for: length)
        time += length
      }
    }
    return .infinity
  }
}
