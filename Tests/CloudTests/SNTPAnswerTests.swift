import Foundation
import Testing

@testable import Cloud

@Suite struct SNTPAnswerTests {
  /// Version 4, client mode, poll 6, transmit time 1 to 8.
  private let request: [UInt8] =
    [0x23, 0, 6] + [UInt8](repeating: 0, count: 37) + Array(1...8)
  /// 2026-01-01 00:00:00.5 UTC; its seconds since 1900 are 0xED003780.
  private let now = Date(timeIntervalSince1970: 1_767_225_600.5)
  private let timestamp: [UInt8] = [0xED, 0x00, 0x37, 0x80, 0x80, 0, 0, 0]

  @Test func rightTime() throws {
    let answer = try #require(make(.right))
    #expect(answer.count == 48)
    #expect(answer[0] == 0x24)
    #expect(answer[1] == 2)
    #expect(answer[2] == 6)
    #expect(Array(answer[24..<32]) == Array(1...8))
    #expect(Array(answer[32..<40]) == timestamp)
    #expect(Array(answer[40..<48]) == timestamp)
  }

  @Test func wrongTime() throws {
    let answer = try #require(make(.offset(.seconds(-2))))
    #expect(Array(answer[40..<48]) == [0xED, 0x00, 0x37, 0x7E, 0x80, 0, 0, 0])
    #expect(Array(answer[24..<32]) == Array(1...8))
  }

  @Test func secondEraBeginsIn2036() throws {
    let now = Date(timeIntervalSince1970: 2_085_978_496)
    let answer = try #require(SNTPAnswer.make(to: request, now: now, behaviour: .right))
    #expect(Array(answer[40..<48]) == [0, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test(arguments: KissCode.allCases)
  func kissOfDeath(code: KissCode) throws {
    let answer = try #require(make(.kissOfDeath(code)))
    #expect(answer[0] == 0xE4)
    #expect(answer[1] == 0)
    #expect(Array(answer[12..<16]) == Array(code.rawValue.utf8))
    #expect(Array(answer[24..<32]) == Array(1...8))
  }

  @Test func otherFaults() throws {
    #expect(make(.silent) == nil)
    let forged = try #require(make(.zeroOriginate))
    #expect(forged[24..<32].allSatisfy { $0 == 0 })
    #expect(Array(forged[40..<48]) == timestamp)
    #expect(try #require(make(.unsynchronized))[0] == 0xE4)
  }

  @Test func whatIsNoRequestGetsNoAnswer() {
    #expect(SNTPAnswer.make(to: [], now: now, behaviour: .right) == nil)
    #expect(SNTPAnswer.make(to: Array(request.dropLast()), now: now, behaviour: .right) == nil)
    // A server's answer, version 0, version 5.
    for first: UInt8 in [0x24, 0x03, 0x2B] {
      var bytes = request
      bytes[0] = first
      #expect(SNTPAnswer.make(to: bytes, now: now, behaviour: .right) == nil)
    }
  }

  @Test func versionIsTheClients() throws {
    var bytes = request
    bytes[0] = 0x1B
    #expect(try #require(SNTPAnswer.make(to: bytes, now: now, behaviour: .right))[0] == 0x1C)
  }

  private func make(_ behaviour: SNTPBehaviour) -> [UInt8]? {
    SNTPAnswer.make(to: request, now: now, behaviour: behaviour)
  }
}
