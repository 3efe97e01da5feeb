import NIOSSL
import Provisioning
import Synchronization

/// What new handshakes show, which can change while the cloud runs.
///
/// BoringSSL gives a ticket to each client that wants one, and the keys of tickets belong to a
/// context: connections that share one can resume sessions. There is no way to have it give none.
final class TLSContext: Sendable {
  private struct Presented {
    var identity: ServerIdentity
    var context: NIOSSLContext
  }

  private let resumesSessions: Bool
  private let presented: Mutex<Presented>

  init(_ identity: ServerIdentity, resumesSessions: Bool) throws {
    self.resumesSessions = resumesSessions
    presented = Mutex(Presented(identity: identity, context: try Self.make(identity)))
  }

  /// The context for one more connection.
  func next() throws -> NIOSSLContext {
    let presented = presented.withLock { $0 }
    return resumesSessions ? presented.context : try Self.make(presented.identity)
  }

  func present(_ identity: ServerIdentity) {
    do {
      let next = Presented(identity: identity, context: try Self.make(identity))
      presented.withLock { $0 = next }
    } catch {
      preconditionFailure("an authority's chain and its key belong together: \(error)")
    }
  }

  private static func make(_ identity: ServerIdentity) throws -> NIOSSLContext {
    let chain = try identity.chainDER.map {
      NIOSSLCertificateSource.certificate(try NIOSSLCertificate(bytes: $0, format: .der))
    }
    let key = try NIOSSLPrivateKey(bytes: Array(identity.privateKeyPEM.utf8), format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    // A device that was cut off never says farewell; do not wait long for it.
    configuration.shutdownTimeout = .seconds(1)
    return try NIOSSLContext(configuration: configuration)
  }
}
