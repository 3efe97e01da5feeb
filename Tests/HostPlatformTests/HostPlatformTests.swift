import Glibc
import HostPlatform
import Platform
import PlatformConformance
import Testing
import Units

/// The conformance kit on real sockets of this machine.
@Suite struct HostPlatformTests {
  @Test func keepsTheContractOfAClock() {
    var platform = HostPlatform(names: NameCache())
    var reporter = ReportingReporter()
    Conformance.checkMonotonicClock(&platform, &reporter)
    #expect(reporter.passed.count == 3 && reporter.skipped == [])
  }

  @Test func keepsTheContractOfEntropy() {
    var platform = HostPlatform(names: NameCache())
    var reporter = ReportingReporter()
    Conformance.checkEntropySource(&platform, &reporter)
    #expect(reporter.passed.count == 6 && reporter.skipped == [])
  }

  @Test func keepsTheContractOfAStream() {
    var platform = HostPlatform(names: NameCache())
    var reporter = ReportingReporter()
    let peers = StreamPeers(
      echo: Peer.stream(.echo).endpoint, dead: Peer.dead().endpoint,
      farewell: Peer.stream(.farewell).endpoint)
    Conformance.checkByteStream(&platform, peers: peers, &reporter)
    #expect(reporter.passed.count == 8 && reporter.skipped == [], "\(reporter)")
  }

  @Test func keepsTheContractOfDatagrams() {
    var platform = HostPlatform(names: NameCache())
    var reporter = ReportingReporter()
    Conformance.checkDatagramSocket(&platform, echo: Peer.datagrams().endpoint, &reporter)
    #expect(reporter.passed.count == 7 && reporter.skipped == [], "\(reporter)")
  }

  @Test func keepsTheContractsOfTheRest() {
    var platform = HostPlatform(names: NameCache())
    var reporter = ReportingReporter()
    Conformance.checkPowerStateMeter(&platform, &reporter)
    Conformance.checkWatchdog(&platform, &reporter)
    #expect(reporter.skipped == [])
    #expect(platform.powerState == .active)
  }

  @Test func findsNames() {
    var platform = HostPlatform(names: NameCache())
    var reporter = ReportingReporter()
    let numeric = Array("127.0.0.1".utf8)
    let unknown = Array("nobody.invalid".utf8)
    Conformance.checkNameResolver(
      &platform, numeric: numeric.span, address: .v4([127, 0, 0, 1]), unknown: unknown.span,
      &reporter)
    // A machine without a name server cannot tell that a name is unknown.
    #expect(reporter.passed.contains("names: a numeric address is its own"))
  }

  @Test func findsLoopback() throws {
    var platform = HostPlatform(names: NameCache())
    let host = Array("localhost".utf8)
    let deadline = platform.now() + Interval(seconds: 30)
    var found: IPAddress?
    while found == nil, platform.now() < deadline {
      if case .address(let address) = try platform.resolve(host.span) { found = address }
    }
    guard case .v4(let bytes) = try #require(found) else { return }
    #expect(bytes[0] == 127)
  }

  @Test func leavesFromItsSourceAddress() throws {
    let listener = Peer.makeSocket(SOCK_STREAM)
    let endpoint = Peer.bindToLoopback(listener)
    #expect(listen(listener, 8) == 0)
    defer { close(listener) }
    for last: UInt8 in [1, 2, 77] {
      var platform = HostPlatform(names: NameCache(), source: .v4([127, 0, 0, last]))
      try platform.connect(to: endpoint)
      var sender = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let accepted = withUnsafeMutablePointer(to: &sender) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { accept(listener, $0, &size) }
      }
      #expect(accepted >= 0)
      close(accepted)
      #expect(UInt32(bigEndian: sender.sin_addr.s_addr) == 0x7F00_0000 | UInt32(last))
      #expect(sender.sin_port != 0)
    }
  }

  @Test func doesNotConnectFromAForeignAddress() {
    var platform = HostPlatform(names: NameCache(), source: .v4([10, 255, 255, 254]))
    do throws(SystemFailure) {
      try platform.connect(to: Peer.dead().endpoint)
      Issue.record("connected from an address of somebody else")
    } catch {
      #expect(error.code == EADDRNOTAVAIL)
    }
  }

  @Test func notesTheMomentsOfAConnection() throws {
    var platform = HostPlatform(names: NameCache())
    #expect(platform.moments.connectBegan == 0)
    let before = HostPlatform.nanoseconds()
    try platform.connect(to: Peer.stream(.echo).endpoint)
    while try !platform.isConnected() {}
    platform.enter(.handshake)
    platform.enter(.active)
    let moments = platform.moments
    #expect(before <= moments.connectBegan && moments.connectBegan <= moments.connected)
    #expect(moments.connected <= moments.handshakeComputed)
    #expect(moments.handshakeComputed <= HostPlatform.nanoseconds())
    // Another attempt has moments of its own.
    try platform.connect(to: Peer.dead().endpoint)
    #expect(platform.moments.connectBegan >= moments.handshakeComputed)
    #expect(platform.moments.connected == 0)
    #expect(platform.moments.handshakeComputed == 0)
  }

  /// Zero says that nothing is there: an empty datagram must not hide the answer behind it.
  @Test func passesOverAnEmptyDatagram() throws {
    var platform = HostPlatform(names: NameCache())
    let server = Peer.makeSocket(SOCK_DGRAM)
    try platform.openDatagrams(to: Peer.bindToLoopback(server))
    let bytes = [UInt8](1...48)
    try platform.send(bytes.span)
    var sender = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    var question = [UInt8](repeating: 0, count: 48)
    withUnsafeMutablePointer(to: &sender) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        #expect(recvfrom(server, &question, 48, 0, address, &size) == 48)
        // Loopback has delivered a datagram when the call returns.
        sendto(server, question, 0, 0, address, size)
        sendto(server, question, 48, 0, address, size)
      }
    }
    var space = [UInt8](repeating: 0, count: 48)
    var target = space.mutableSpan
    let count = try platform.receive(into: &target)
    #expect(count == 48 && space == bytes)
    platform.closeDatagrams()
    close(server)
  }

  @Test func saysThatADeadDatagramPeerIsGoneOrNothing() throws {
    var platform = HostPlatform(names: NameCache())
    try platform.openDatagrams(to: Peer.dead().endpoint)
    let bytes = [UInt8](repeating: 1, count: 48)
    var space = [UInt8](repeating: 0, count: 48)
    // What the kernel learns of it may come with any later call, as a failure or not at all.
    for _ in 0..<3 {
      do throws(SystemFailure) {
        try platform.send(bytes.span)
        var target = space.mutableSpan
        let count = try platform.receive(into: &target)
        #expect(count == 0)
      } catch {
        #expect(error.kind == .refused)
      }
    }
    platform.closeDatagrams()
  }

  @Test func givesFailuresTheirKind() {
    #expect(SystemFailure(code: 0).kind == .closed)
    #expect(SystemFailure(code: 104).kind == .closed)
    #expect(SystemFailure(code: 111).kind == .refused)
    #expect(SystemFailure(code: 110).kind == .unreachable)
    #expect(SystemFailure(code: 24).kind == .exhausted)
    #expect(SystemFailure(code: 5).kind == .hardware)
    #expect(SystemFailure(code: 2).kind == .unknownName)
  }
}
