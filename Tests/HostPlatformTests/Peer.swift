import Glibc
import Platform

/// A listener on loopback, served by a thread of its own until the process ends.
struct Peer {
  let endpoint: Endpoint

  /// What a peer does with whoever connects.
  enum Conduct {
    /// It sends back every byte.
    case echo
    /// It says a few words and closes.
    case farewell
  }

  /// Starts a TCP server.
  static func stream(_ conduct: Conduct) -> Peer {
    let listener = makeSocket(SOCK_STREAM)
    let endpoint = bindToLoopback(listener)
    guard listen(listener, 8) == 0 else { fatalError("listen: \(errno)") }
    inBackground {
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { continue }
        switch conduct {
        case .echo: inBackground { echo(client) }
        case .farewell:
          let words = Array("farewell".utf8)
          _ = send(client, words, words.count, Int32(MSG_NOSIGNAL))
          close(client)
        }
      }
    }
    return Peer(endpoint: endpoint)
  }

  /// Starts a UDP server that sends back every datagram.
  static func datagrams() -> Peer {
    let server = makeSocket(SOCK_DGRAM)
    let endpoint = bindToLoopback(server)
    inBackground {
      var bytes = [UInt8](repeating: 0, count: 2_048)
      while true {
        var sender = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &sender) { storage in
          storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            let count = recvfrom(server, &bytes, bytes.count, 0, address, &size)
            if count >= 0 { sendto(server, bytes, count, 0, address, size) }
          }
        }
      }
    }
    return Peer(endpoint: endpoint)
  }

  /// A port on which nobody listens: it is taken, so that nobody else may.
  static func dead() -> Peer { Peer(endpoint: bindToLoopback(makeSocket(SOCK_STREAM))) }

  private static func echo(_ client: Int32) {
    var bytes = [UInt8](repeating: 0, count: 2_048)
    while true {
      let count = recv(client, &bytes, bytes.count, 0)
      guard count > 0 else { break }
      var sent = 0
      while sent < count {
        let step = bytes.withUnsafeBufferPointer {
          let rest = UnsafeBufferPointer(rebasing: $0[sent..<count])
          return send(client, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
        }
        guard step > 0 else { break }
        sent += step
      }
    }
    close(client)
  }

  static func makeSocket(_ kind: __socket_type) -> Int32 {
    let descriptor = socket(AF_INET, Int32(kind.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { fatalError("socket: \(errno)") }
    return descriptor
  }

  /// Takes a free port of 127.0.0.1.
  static func bindToLoopback(_ descriptor: Int32) -> Endpoint {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
      }
    }
    guard status == 0 else { fatalError("bind: \(errno)") }
    return Endpoint(address: .v4([127, 0, 0, 1]), port: UInt16(bigEndian: address.sin_port))
  }
}

/// Runs `body` on a thread of its own.
private func inBackground(_ body: @escaping @Sendable () -> Void) {
  final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let box = Unmanaged.passRetained(Box(body))
  let status = pthread_create(
    &thread, nil,
    { argument in
      guard let argument else { return nil }
      Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }, box.toOpaque())
  guard status == 0 else { fatalError("pthread_create: \(status)") }
  pthread_detach(thread)
}
