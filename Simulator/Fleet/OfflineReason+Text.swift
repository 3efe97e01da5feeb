import Device
import MQTTClient
import Platform
import TLS
import Wire

extension OfflineReason {
  /// The reason in words for a user.
  var text: String {
    switch self {
    case .resolution(let kind): "the cloud's host name was not found (\(kind.text))"
    case .stream(let kind): "the TCP connection failed: \(kind.text)"
    case .security(let failure): "TLS: \(failure.text)"
    case .refused(let code): "the cloud refused the connection: \(code.text)"
    case .session(let failure): "MQTT: \(failure)"
    case .namesTooLong: "the device's names are too long for MQTT"
    case .signing: "the token could not be signed"
    case .timedOut(let phase): "no progress while \(phase)"
    case .refresh: "the token is being renewed"
    case .stopped: "stopped"
    }
  }
}

extension PlatformFailureKind {
  fileprivate var text: String {
    switch self {
    case .refused: "refused, nothing listens there"
    case .unreachable: "unreachable"
    case .closed: "closed by the peer"
    case .exhausted: "the system has no more sockets or memory"
    case .hardware: "hardware failure"
    case .unknownName: "unknown name"
    }
  }
}

extension MQTT.ConnectReturnCode {
  fileprivate var text: String {
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

extension SecureStreamFailure {
  fileprivate var text: String {
    switch self {
    case .hostNameMissing: "there is no host name to check"
    case .certificateExpired: "the server's certificate has expired"
    case .certificateNotYetValid: "the server's certificate is not valid yet"
    case .wrongHost: "the server's certificate is for another host name"
    case .unknownRoot: "the server's certificate does not lead to a trusted root"
    case .weakCertificate: "the server's certificate uses a weak key or hash"
    case .unacceptableCertificate: "the server's certificate may not be used for a server"
    case .noCommonParameters: "no version, cipher suite or curve in common"
    case .alert(let code): "the server sent alert \(code)"
    case .closedByPeer: "closed by the server"
    case .malformed: "the server broke the protocol"
    case .badIdentity: "the device's own certificate or key cannot be used"
    case .notSeeded: "the random generator has no seed"
    case .outOfMemory: "out of memory"
    case .internalFailure(let code): "internal failure \(code) of the TLS library"
    }
  }
}
