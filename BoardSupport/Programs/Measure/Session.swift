import BoardPlatform
import Identity
import TimeKeeping

/// An MQTT session over the client's connection, opened with a token, as the product does it.
///
/// Time stands still in it: a whole exchange happens at `Session.instant`.
struct Session: ~Copyable {
  private var mqtt = MQTTClient()
  private var token = TokenLifeCycle(policy: .standard)

  static var instant: Instant { Instant(milliseconds: 1_000) }

  private static var audience: StaticString { "warm-rooms" }
  private static var name: StaticString {
    "projects/warm-rooms/locations/europe-west1/registries/rooms/devices/thermometer-0001"
  }
  private static var topic: StaticString { "/devices/thermometer-0001/events" }
  private static var payload: StaticString {
    #"{"n":123456,"milliDegrees":21437,"at":"2026-01-01T00:00:00Z"}"#
  }

  /// Signs a token.
  mutating func sign(_ client: inout Client, at time: TrustedTime) {
    client.watch.start()
    do {
      try token.sign(
        audience: Self.audience.bytes, signer: &client.backend, time: time, random: 1)
    } catch { Report.fail("no token") }
    client.watch.stop()
  }

  /// Sends CONNECT and takes CONNACK.
  mutating func join(_ client: inout Client, at time: TrustedTime) {
    client.watch.start()
    openSession(at: time)
    moveOutwards(&client.backend)
    client.watch.stop()
    client.exchange()
    client.watch.start()
    moveInwards(&client.backend)
    let isConnected = takesConnack()
    client.watch.stop()
    guard isConnected else { Report.fail("no CONNACK") }
  }

  /// Publishes a message with QoS 1 and takes its acknowledgement.
  mutating func publish(_ client: inout Client) {
    client.watch.start()
    queueMessage()
    moveOutwards(&client.backend)
    client.watch.stop()
    client.exchange()
    client.watch.start()
    moveInwards(&client.backend)
    let isAcknowledged = takesAcknowledgement()
    client.watch.stop()
    guard isAcknowledged else { Report.fail("no PUBACK") }
  }

  /// Ends the session and the connection in good order.
  mutating func leave(_ client: inout Client) {
    client.watch.start()
    mqtt.disconnect()
    moveOutwards(&client.backend)
    client.backend.close()
    client.watch.stop()
    client.exchange()
    client.watch.start()
    mqtt.connectionLost()
    token.disconnected()
    client.backend.reset()
    client.watch.stop()
  }

  // What is not inlined stays between the two readings of the watch.

  @inline(never)
  private mutating func openSession(at time: TrustedTime) {
    guard let password = token.offer(at: time) else { Report.fail("the token is not valid") }
    let request = MQTT.Connect(
      clientID: Self.name.bytes, userName: StaticString("unused").bytes, password: password,
      keepAliveSeconds: 240, cleanSession: false)
    do { try mqtt.connect(request, now: Self.instant) } catch { Report.fail("no CONNECT") }
  }

  @inline(never)
  private mutating func queueMessage() {
    do {
      try mqtt.publish(
        topic: Self.topic.bytes, payload: Self.payload.bytes, quality: .atLeastOnce)
    } catch { Report.fail("no PUBLISH") }
  }

  @inline(never)
  private mutating func moveOutwards(_ backend: inout MbedTLSBackend) {
    do throws(SecureStreamFailure) {
      while mqtt.step() == .transmit, backend.recordsToSend.isEmpty {
        let count = try backend.write(mqtt.bytesToSend)
        mqtt.sent(count, now: Self.instant)
        if count == 0 { return }
      }
    } catch { Report.fail("nothing can be written") }
  }

  @inline(never)
  private mutating func moveInwards(_ backend: inout MbedTLSBackend) {
    var space = mqtt.receiveSpace
    do throws(SecureStreamFailure) {
      let count = try backend.read(into: &space)
      mqtt.received(count, now: Self.instant)
    } catch { Report.fail("nothing can be read") }
  }

  @inline(never)
  private mutating func takesConnack() -> Bool {
    guard case .connected = mqtt.nextEvent() else { return false }
    token.accepted()
    return takesNothing()
  }

  @inline(never)
  private mutating func takesAcknowledgement() -> Bool {
    guard case .acknowledged = mqtt.nextEvent() else { return false }
    return takesNothing()
  }

  private mutating func takesNothing() -> Bool {
    if case .none = mqtt.nextEvent() { true } else { false }
  }
}
