import Foundation
import Logging
import NIOCore
import Synchronization
import Wire

/// The device bridge: who is connected, what they may do, and what they get.
///
/// All of it lies behind one lock, which is held for microseconds; signatures are checked outside.
final class Broker: Sendable {
  let options: CloudOptions
  let logger: Logger
  private let verifier: TokenVerifier
  private let state: Mutex<BrokerState>
  private let nextLinkID = Atomic<UInt64>(1)

  init(options: CloudOptions, registry: Registry, logger: Logger) {
    self.options = options
    self.logger = logger
    verifier = TokenVerifier(policy: options.tokens, audience: registry.project)
    state = Mutex(BrokerState(options: options, registry: registry))
  }

  /// Reads or changes what the broker knows.
  func withState<Result: Sendable>(_ body: (inout sending BrokerState) -> Result) -> Result {
    state.withLock { body(&$0) }
  }

  /// Takes a new TCP connection in.
  func open(_ channel: any Channel) -> Link {
    let id = nextLinkID.wrappingAdd(1, ordering: .relaxed).oldValue
    let link = Link(id: id, channel: channel)
    withState { $0.open(link) }
    return link
  }

  /// A device that may connect.
  struct Admission: Equatable, Sendable {
    let device: String
    /// When the connection must end, because the token does.
    let closing: Date
  }

  /// Judges a CONNECT, counts the verdict and remembers the token.
  func admit(_ request: ConnectRequest) async -> Result<Admission, RefusalReason> {
    let (device, keys) = withState { state in
      let device = state.registry.device(clientID: request.clientID)
      return (device, device.flatMap { state.registry.keys(of: $0) })
    }
    guard let device else { return refuse(.clientID, device: nil, token: nil) }
    guard let keys else { return refuse(.unknownDevice, device: nil, token: nil) }
    guard let token = request.password else {
      return refuse(.malformedToken, device: device, token: nil)
    }
    see(token, device: device)
    guard !withState({ $0.conduct.refusesToken() }) else {
      return refuse(.ordered, device: device, token: token)
    }
    let now = options.now()
    switch await verifier.check(token, keys: keys, now: now) {
    case .failure(let reason): return refuse(reason, device: device, token: token)
    case .success(let expiresAt):
      let closing = options.tokens.closing(expiresAt: expiresAt, openedAt: now)
      return .success(Admission(device: device, closing: closing))
    }
  }

  /// Counts and logs a CONNECT that could not even be read.
  func refuseUnreadable(_ reason: RefusalReason) {
    _ = refuse(reason, device: nil, token: nil)
  }

  private func see(_ token: [UInt8], device: String) {
    withState { state in
      let sighting = state.tokens.see(token, device: device)
      if sighting.isNew { state.statistics.tokensSeen += 1 }
      if sighting.wasRefused {
        state.statistics.refusedTokenReuses += 1
        state.statistics.devices[device, default: .init()].refusedTokenReuses += 1
      }
    }
  }

  /// `device` must be a registered one: what strangers send may not fill the memory.
  private func refuse(
    _ reason: RefusalReason, device: String?, token: [UInt8]?
  ) -> Result<Admission, RefusalReason> {
    withState { state in
      state.statistics.countRefusal(reason, device: device)
      if let device, let token { state.tokens.refuse(token, device: device) }
    }
    logger.info(
      "CONNECT refused",
      metadata: ["device": "\(device ?? "?")", "reason": "\(reason.rawValue)"])
    return .failure(reason)
  }
}
