import NIOSSL
import Provisioning
import Synchronization

/// What new handshakes show, which can change while the cloud runs.
final class TLSContext: Sendable {
  private let context: Mutex<NIOSSLContext>

  init(_ identity: ServerIdentity) throws {
    context = Mutex(try Self.make(identity))
  }

  var current: NIOSSLContext { context.withLock { $0 } }

  func present(_ identity: ServerIdentity) {
    do {
      let next = try Self.make(identity)
      context.withLock { $0 = next }
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
