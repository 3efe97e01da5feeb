public import MQTTClient
public import Platform
public import TLS
public import Wire

// Reasons in words for a user: one table for consoles of boards and for the simulator. Texts are
// literals, because text that is put together would need memory.

extension OfflineReason {
  /// The reason in words, without a full stop; `detail` and `code` may tell more.
  public var text: StaticString {
    switch self {
    case .resolution: "the cloud's host name was not found"
    case .stream: "the TCP connection failed"
    case .security: "TLS"
    case .refused: "the cloud refused the connection"
    case .session: "MQTT"
    case .namesTooLong: "the device's names are too long for MQTT"
    case .signing: "the token could not be signed"
    case .timedOut: "no progress"
    case .refresh: "the token is being renewed"
    case .stopped: "stopped"
    }
  }

  /// What exactly, in words, or nil where `text` says all.
  public var detail: StaticString? {
    switch self {
    case .resolution(let kind), .stream(let kind): kind.text
    case .security(let failure): failure.text
    case .refused(let code): code.text
    case .session(let failure): failure.text
    case .timedOut(let phase): phase.text
    case .namesTooLong, .signing, .refresh, .stopped: nil
    }
  }

  /// A number that goes with `detail`: an alert, or an error of the TLS library.
  public var code: Int32? {
    switch self {
    case .security(.alert(let number)): Int32(number)
    case .security(.internalFailure(let number)): number
    case .resolution, .stream, .security, .refused, .session, .namesTooLong, .signing, .timedOut,
      .refresh, .stopped:
      nil
    }
  }
}

extension PlatformFailureKind {
  /// The failure in words.
  public var text: StaticString {
    switch self {
    case .refused: "refused, nothing listens there"
    case .unreachable: "unreachable"
    case .closed: "closed by the peer"
    case .exhausted: "no more sockets or memory"
    case .hardware: "hardware failure"
    case .unknownName: "unknown name"
    }
  }
}

extension SecureStreamFailure {
  /// The failure in words.
  public var text: StaticString {
    switch self {
    case .hostNameMissing: "there is no host name to check"
    case .certificateExpired: "the server's certificate has expired"
    case .certificateNotYetValid: "the server's certificate is not valid yet"
    case .wrongHost: "the server's certificate is for another host name"
    case .unknownRoot: "the server's certificate does not lead to a trusted root"
    case .weakCertificate: "the server's certificate uses a weak key or hash"
    case .unacceptableCertificate: "the server's certificate may not be used for a server"
    case .noCommonParameters: "no version, cipher suite or curve in common"
    case .alert: "the server sent an alert"
    case .closedByPeer: "closed by the server"
    case .malformed: "the server broke the protocol"
    case .badIdentity: "the device's own certificate or key cannot be used"
    case .notSeeded: "the random generator has no seed"
    case .outOfMemory: "out of memory"
    case .internalFailure: "internal failure of the TLS library"
    }
  }
}

extension MQTT.ConnectReturnCode {
  /// The answer in words.
  public var text: StaticString {
    switch self {
    case .accepted: "accepted"
    case .unacceptableProtocolVersion: "it does not speak MQTT 3.1.1 (code 1)"
    case .identifierRejected: "client identifier rejected (code 2)"
    case .serverUnavailable: "server unavailable (code 3)"
    case .badUserNameOrPassword: "bad user name or password (code 4)"
    case .notAuthorized: "not authorized, the token was refused (code 5)"
    }
  }
}

extension MQTTFailure {
  /// The failure in words.
  public var text: StaticString {
    switch self {
    case .malformed: "the server sent what is not a packet"
    case .protocolViolation: "the server sent a packet at the wrong moment"
    case .oversizedPacket: "the server sent a packet that is too long"
    case .connackTimeout: "CONNECT was not answered in time"
    case .pingTimeout: "nothing arrived after a PINGREQ"
    case .acknowledgementTimeout: "a message was not acknowledged in time"
    case .transmitTimeout: "the connection took no byte for too long"
    }
  }
}

extension DevicePhase {
  /// The phase in words.
  public var text: StaticString {
    switch self {
    case .seeding: "while gathering entropy"
    case .waiting: "while waiting"
    case .synchronizing: "while asking for the time"
    case .signing: "while signing"
    case .resolving: "while looking up the cloud's name"
    case .connecting: "while connecting"
    case .securing: "in the TLS handshake"
    case .joining: "while waiting for the answer to CONNECT"
    case .online: "while online"
    case .draining: "while waiting for acknowledgements"
    case .closing: "while closing"
    case .halted: "after the end"
    }
  }
}
