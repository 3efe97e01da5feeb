/// One TCP connection of the model world, and what waits in it for the device.
final class Link {
  enum Delivery {
    case bytes([UInt8])
    /// The peer has ended the connection in good order.
    case end
    /// The connection is torn down.
    case reset
  }

  /// What comes, and when.
  var incoming: [(at: UInt64, delivery: Delivery)] = []
  /// When it is open.
  let openAt: UInt64
  /// When the broker tears it down, because the token has ended.
  var endsAt = UInt64.max
  /// Nothing comes and nothing goes any more, and nobody is told.
  var isCut = false
  /// The device has dropped it.
  var isDropped = false

  // What the broker knows about it.
  var records: [UInt8] = []
  var plaintext: [UInt8] = []
  var clientID: String?
  var isOver = false
  var pingCount = 0

  init(openAt: UInt64) { self.openAt = openAt }

  /// The moment, after `now`, at which something comes.
  func nextDelivery(after now: UInt64) -> UInt64 {
    let next = incoming.first { $0.at > now }?.at ?? .max
    return [next, openAt, endsAt].filter { $0 > now }.min() ?? .max
  }

  func deliver(_ delivery: Delivery, at moment: UInt64) {
    guard !isCut, !isDropped else { return }
    // TCP keeps the order.
    incoming.append((max(moment, incoming.last?.at ?? 0), delivery))
  }

  /// Takes up to `limit` of the bytes that have come; throws where the connection ends.
  func take(_ limit: Int, now: UInt64) throws(ModelFailure) -> [UInt8] {
    guard !isCut else { return [] }
    guard let next = incoming.first, next.at <= now else {
      if now >= endsAt { throw ModelFailure(.closed) }
      return []
    }
    switch next.delivery {
    case .end, .reset: throw ModelFailure(.closed)
    case .bytes(let bytes):
      let taken = Array(bytes.prefix(limit))
      if taken.count == bytes.count {
        incoming.removeFirst()
      } else {
        incoming[0].delivery = .bytes(Array(bytes.dropFirst(limit)))
      }
      return taken
    }
  }
}
