/// Computes what a device takes in an hour from its parts, its policy and its traffic.
///
/// Everything is a current for a time: the core at work for instructions times cycles over its
/// clock; the radio waking, sending, receiving, waiting for answers and for the core, and lingering
/// in its tail; all else asleep. Connections for another reason than a message have a radio session
/// of their own, because a device renews when it must, not when it measures.
public struct LoadModel: Sendable {
  let core: CoreProfile
  let radio: RadioProfile
  let sensor: SensorProfile
  let exchange: ExchangeProfile
  let costs: CostTable
  let entry: CostTable.Entry
  let policy: Policy
  let traffic: Traffic
  let isAcknowledged: Bool
  let bound: Bound
  /// The load that was computed.
  public private(set) var load = HourlyLoad()

  /// Computes the load of a device.
  public init(
    parts: DeviceParts, policy: Policy, traffic: Traffic, bound: Bound
  ) {
    core = parts.core
    radio = parts.radio
    sensor = parts.sensor
    exchange = parts.exchange
    costs = parts.costs
    entry = parts.entry
    isAcknowledged = parts.isAcknowledged
    self.policy = policy
    self.traffic = traffic
    self.bound = bound
    sign()
    connect()
    publish()
    keepAlive()
    askForTime()
    store()
    measure()
    sleep()
  }

  // MARK: - Times and counts

  /// The seconds that the core computes for an operation.
  func seconds(of operation: Operation, times: Double = 1) -> Double {
    let instructions = Double(entry.instructions[operation] ?? 0) * times
    let cycles = costs.cyclesPerInstruction.value(at: bound, effect: .raises)
    return instructions * cycles / (core[.frequencyMegahertz, bound] * 1e6)
  }

  /// Signatures an hour.
  var signaturesPerHour: Double {
    switch policy.credential {
    case .jwtES256, .jwtRS256:
      // A deep sleeper needs no token while it sleeps.
      min(
        policy.credentialHours.map { 1 / $0 } ?? 0,
        policy.connection == .kept ? .infinity : traffic.messagesPerHour)
    case .mutualTLS: 0
    case .sigV4:
      policy.transport == .https ? traffic.messagesPerHour : connectionsPerHour
    }
  }

  /// Connections an hour.
  var connectionsPerHour: Double {
    guard policy.connection == .kept else { return traffic.messagesPerHour }
    let lost = policy.reconnectHours.map { 1 / $0 } ?? 0
    guard policy.renewal != .reauthentication else { return lost }
    return lost + (policy.credentialHours.map { 1 / $0 } ?? 0)
  }

  var signatureSeconds: Double {
    switch policy.credential {
    case .jwtES256: seconds(of: .es256Sign)
    case .jwtRS256: seconds(of: .rs256Sign)
    case .mutualTLS: 0
    case .sigV4: seconds(of: .hmacSHA256, times: exchange[.sigV4Hashes, bound])
    }
  }

  var isResuming: Bool { policy.renewal == .resumption }

  var handshakeSeconds: Double {
    if isResuming { return seconds(of: .resumedHandshake) }
    switch (policy.credential, policy.serverChain) {
    case (.mutualTLS, .rsa): return seconds(of: .fullHandshakeClientCertificate)
    case (.mutualTLS, .ec): return seconds(of: .fullHandshakeECChain) + seconds(of: .es256Sign)
    case (_, .rsa): return seconds(of: .fullHandshakeRSAChain)
    case (_, .ec): return seconds(of: .fullHandshakeECChain)
    }
  }

  /// What a credential takes on the wire when it is offered.
  var credentialBytes: Double {
    switch policy.credential {
    case .jwtES256: exchange[.tokenBytesES256, bound]
    case .jwtRS256: exchange[.tokenBytesRS256, bound]
    case .mutualTLS: 0
    case .sigV4: exchange[.sigV4Bytes, bound]
    }
  }

  // MARK: - The causes

  private mutating func sign() {
    compute(signatureSeconds, times: signaturesPerHour, for: .signing)
  }

  /// The handshake that opens a connection, the WebSocket's and MQTT's own greetings included.
  var opening: RadioSession {
    var session = RadioSession()
    session.roundTrips += exchange[.connectRoundTrips, bound]
    if isResuming {
      session.send(exchange[.resumedHandshakeSentBytes, bound])
      session.receive(exchange[.resumedHandshakeReceivedBytes, bound])
      session.roundTrips += exchange[.resumedHandshakeRoundTrips, bound]
    } else {
      session.send(exchange[.fullHandshakeSentBytes, bound])
      session.receive(
        policy.serverChain == .rsa
          ? exchange[.fullHandshakeReceivedBytesRSA, bound]
          : exchange[.fullHandshakeReceivedBytesEC, bound])
      session.roundTrips += exchange[.fullHandshakeRoundTrips, bound]
      if policy.credential == .mutualTLS {
        session.send(exchange[.clientCertificateSentBytes, bound])
      }
    }
    session.computeSeconds += handshakeSeconds
    guard policy.transport != .https else { return session }
    let record = exchange[.recordBytes, bound]
    var greeting = credentialBytes
    if policy.transport == .webSocket {
      session.send(exchange[.webSocketUpgradeSentBytes, bound] + greeting + record)
      session.receive(exchange[.webSocketUpgradeReceivedBytes, bound] + record)
      session.roundTrips += 1
      greeting = 0
    }
    session.send(exchange[.mqttConnectBytes, bound] + greeting + record)
    session.receive(exchange[.mqttConnackBytes, bound] + record)
    session.roundTrips += 1
    return session
  }

  private mutating func connect() {
    compute(handshakeSeconds, times: connectionsPerHour, for: .handshakeCompute)
    if policy.connection == .perMessage {
      // Waking and the tail would be there for the message alone, so they are booked with it.
      run(opening, times: connectionsPerHour, for: .handshakeRadio)
    } else {
      run(opening, times: connectionsPerHour, for: .handshakeRadio, from: .idle)
    }
    guard policy.renewal == .reauthentication else { return }
    let record = exchange[.recordBytes, bound]
    var session = RadioSession()
    session.send(exchange[.mqttAuthBytes, bound] + credentialBytes + record)
    session.receive(exchange[.mqttAuthBytes, bound] + record)
    session.roundTrips = 1
    run(session, times: signaturesPerHour, for: .handshakeRadio, from: .idle)
  }

  private mutating func publish() {
    let session = message
    let records = max(1, session.sentBytes / 256)
    compute(
      seconds(of: .publish, times: records), times: traffic.messagesPerHour, for: .symmetricCrypto)
    run(
      session, times: traffic.messagesPerHour, for: .dataRadio,
      from: policy.connection == .kept ? .idle : .off)
  }

  /// The exchange that carries a message.
  var message: RadioSession {
    let record = exchange[.recordBytes, bound]
    var session = RadioSession()
    if policy.transport == .https {
      session.send(
        exchange[.httpsRequestBytes, bound] + credentialBytes + traffic.payloadBytes + record)
      session.receive(exchange[.httpsResponseBytes, bound] + record)
      session.roundTrips = 1
      return session
    }
    session.send(exchange[.mqttPublishBytes, bound] + traffic.payloadBytes + record)
    if isAcknowledged {
      session.receive(exchange[.mqttPubackBytes, bound] + record)
      session.roundTrips = 1
    }
    return session
  }

  var pingsPerHour: Double {
    guard policy.connection == .kept, let interval = policy.keepAliveSeconds else { return 0 }
    return traffic.pingsPerHour(keepAliveSeconds: interval)
  }

  private mutating func keepAlive() {
    let bytes = exchange[.mqttPingBytes, bound] + exchange[.recordBytes, bound]
    var session = RadioSession()
    session.send(bytes)
    session.receive(bytes)
    session.roundTrips = 1
    compute(seconds(of: .publish), times: pingsPerHour, for: .keepAlive)
    run(session, times: pingsPerHour, for: .keepAlive, from: .idle)
  }

  /// A deep sleeper asks when it is awake anyway, so it pays for the exchange alone.
  private mutating func askForTime() {
    let between = exchange[.timeSecondsBetween, bound]
    guard between > 0 else { return }
    var session = RadioSession()
    session.send(exchange[.timeRequestBytes, bound])
    session.receive(exchange[.timeRequestBytes, bound])
    session.roundTrips = 1
    let count = 3_600 / between
    if policy.connection == .kept {
      run(session, times: count, for: .timeSync, from: .idle)
    } else {
      run(session, times: min(count, traffic.messagesPerHour), for: .timeSync)
    }
  }

  /// A message that was accepted lies on flash until it is acknowledged.
  private mutating func store() {
    guard isAcknowledged else { return }
    let bytes = traffic.payloadBytes + exchange[.outboxRecordBytes, bound]
    let time =
      bytes * core[.flashMicrosecondsPerByte, bound] / 1e6
      + bytes / core[.flashPageBytes, bound] * core[.flashEraseMilliseconds, bound] / 1e3
    load.compute(for: time * traffic.messagesPerHour)
    load.add(
      core[.flashMilliamperes, bound], for: time * traffic.messagesPerHour, from: coreSupply,
      to: .flash)
  }

  /// The core waits for the sensor, as the contract of `Sensor` says.
  private mutating func measure() {
    let time = sensor[.measureMilliseconds, bound] / 1e3 * traffic.measurementsPerHour
    load.add(sensor[.measureMilliamperes, bound], for: time, from: sensorSupply, to: .sensor)
    load.add(
      sensor[.standbyMicroamperes, bound] / 1e3, for: max(0, 3_600 - time), from: sensorSupply,
      to: .sensor)
    compute(time, times: 1, for: .sensor)
  }

  private mutating func sleep() {
    load.add(
      core[.sleepMicroamperes, bound] / 1e3, for: max(0, 3_600 - load.computeSeconds),
      from: coreSupply, to: .sleep)
    let idle =
      policy.connection == .kept ? radio[.idleMicroamperes, bound] : radio[.offMicroamperes, bound]
    load.add(
      idle / 1e3, for: max(0, 3_600 - load.radioSeconds), from: radioSupply, to: .sleep)
  }

  // MARK: - Currents

  var coreSupply: Supply {
    Supply(volts: core[.supplyVolts, bound], isSwitching: core.isSwitching)
  }

  var radioSupply: Supply {
    Supply(volts: radio[.supplyVolts, bound], isSwitching: radio.isSwitching)
  }

  var sensorSupply: Supply {
    Supply(volts: sensor[.supplyVolts, bound], isSwitching: sensor.isSwitching)
  }

  private mutating func compute(_ seconds: Double, times count: Double, for cause: Cause) {
    let time = seconds * count
    load.compute(for: time)
    load.add(core[.activeMilliamperes, bound], for: time, from: coreSupply, to: cause)
  }

  private mutating func run(
    _ session: RadioSession, times count: Double, for cause: Cause,
    from start: RadioSession.Start? = nil
  ) {
    for part in session.parts(of: radio, bound: bound, from: start) {
      load.useRadio(for: part.seconds * count)
      load.add(part.milliamperes, for: part.seconds * count, from: radioSupply, to: cause)
    }
  }
}
