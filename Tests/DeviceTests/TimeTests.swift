import Device
import TLS
import Testing
import TimeKeeping
import Units
import Wire

@Suite struct TimeTests {
  @Test func asksAgainWhereEveryServerSaidGoAway() {
    let trial = Trial()
    for index in 0..<3 { trial.world.timeServers[index].conduct = .kiss(.deny) }
    trial.run(seconds: 3_000)
    #expect(trial.world.log.filter { $0.hasPrefix("ask time") }.count == 3)
    #expect(trial.phase == .synchronizing)
    #expect(trial.wakeUps < 60, "it sleeps meanwhile")
    trial.run(seconds: 3_000)
    #expect(trial.world.log.filter { $0.hasPrefix("ask time") }.count == 6)
    for index in 0..<3 { trial.world.timeServers[index].conduct = .answers }
    #expect(trial.run(seconds: 4_000) { $0.phase == .online })
  }

  @Test func asksLessOftenWhereAServerSaysSo() {
    let trial = Trial(timeServers: 1)
    trial.world.timeServers[0].conduct = .kiss(.rate)
    trial.run(seconds: 3_600)
    #expect((3...20).contains(trial.count("ask time 0")), "\(trial.count("ask time 0"))")
    trial.world.timeServers[0].conduct = .answers
    #expect(trial.run(seconds: 1_100) { $0.phase == .online })
  }

  /// Trust ends while the device waits for its next attempt: it asks for the time first.
  @Test func asksForTheTimeWhereTrustEndedWhileItWaited() {
    let trial = Trial()
    trial.world.reception = .refuses
    trial.run(seconds: 600)
    for index in 0..<3 { trial.world.timeServers[index].conduct = .silence }
    trial.run(seconds: 30 * 86_400)
    #expect(trial.phase == .synchronizing)
    let attempts = trial.count("connect")
    trial.run(seconds: 86_400)
    #expect(trial.count("connect") == attempts)
    for index in 0..<3 { trial.world.timeServers[index].conduct = .answers }
    trial.world.reception = .accepts
    #expect(trial.run(seconds: 1_100) { $0.phase == .online })
  }

  @Test func bearsGarbageInPlaceOfAnswers() {
    let trial = Trial(seed: 7)
    for index in 0..<3 { trial.world.timeServers[index].conduct = .garbage }
    trial.run(seconds: 7_200)
    #expect(trial.phase == .synchronizing)
    trial.world.timeServers[1].conduct = .answers
    #expect(trial.run(seconds: 3_300) { $0.phase == .online })
  }

  /// A month with tokens of a day.
  @Test func livesForAMonth() throws {
    let trial = Trial(lifetime: Interval(seconds: 86_400))
    trial.goOnline()
    let begin = trial.world.milliseconds
    trial.run(seconds: 30 * 86_400)
    trial.publish("a month later")
    trial.run(seconds: 2)
    #expect(trial.acknowledged == ["a month later"])
    // Each lasts for a day less margin, jitter and the minute that it was signed ahead.
    let counters = trial.device.counters
    #expect(counters.refreshes == 30)
    #expect(counters.tokensSigned == 31)
    #expect(counters.connectsFull == 31)
    #expect(counters.connectsFailed == 0)
    #expect(Set(trial.reasons.map { "\($0)" }) == ["refresh"])
    // The clock is set about every 10 000 s, and a ping goes out every 235 s of silence.
    #expect((259...300).contains(counters.synchronizations), "\(counters.synchronizations)")
    let pings = trial.device.sessionCounters.pingsSent
    let most = (trial.world.milliseconds - begin) / 235_000
    #expect((most - 31 * 2...most).contains(pings), "\(pings) of \(most)")
    #expect(trial.wakeUps < 2 * Int(pings) + 20_000, "\(trial.wakeUps)")
    #expect(trial.broker.pingCount == Int(pings))
  }

  /// The moment at which NTP begins to count anew, and that at which 32 bits are full.
  @Test(arguments: [2_085_978_496, 2_147_483_648] as [Int64])
  func crosses(_ moment: Int64) {
    let trial = Trial("across \(moment)")
    trial.world.dateAtZero = UnixTime(seconds: moment - 3 * 3_600)
    trial.goOnline()
    for _ in 0..<24 {
      trial.publish("\(trial.accepted.count)")
      trial.run(seconds: 900)
    }
    #expect(trial.phase == .online)
    #expect(trial.acknowledged.count == 24)
    #expect(Set(trial.reasons.map { "\($0)" }) == ["refresh"])
    #expect(trial.device.counters.refreshes >= 6)
    let date = trial.device.time(at: trial.instant)?.time
    #expect((date ?? UnixTime(seconds: 0)).distance(to: trial.world.date) < Interval(seconds: 2))
    let first = Trial("begins after \(moment)")
    first.world.dateAtZero = UnixTime(seconds: moment + 10)
    first.goOnline()
  }

  /// A server that is years ahead makes every certificate look expired: the date is asked for anew
  /// before the next attempt, and not only when the next exchange is due.
  @Test(arguments: [SecureStreamFailure.certificateExpired, .certificateNotYetValid])
  func doubtsItsDateWhereACertificateIsOutOfItsDates(_ failure: SecureStreamFailure) {
    let trial = Trial("\(failure)")
    for index in 0..<3 { trial.world.timeServers[index].offset = 10 * 365 * 86_400_000 }
    trial.cryptography.handshakeFailure = failure
    trial.run(seconds: 60) { !$0.reasons.isEmpty }
    #expect(trial.reasons == [.security(failure)])
    for index in 0..<3 { trial.world.timeServers[index].offset = 0 }
    trial.cryptography.handshakeFailure = nil
    trial.goOnline()
    #expect(trial.error < Interval(seconds: 1))
  }
}
