/// What is on its way to the device: short pieces, each with its time of arrival.
struct Downlink {
  private struct Piece {
    var at: UInt64
    var bytes: [16 of UInt8]
    var count: UInt8
    var taken: UInt8
  }

  private var pieces: [Piece] = []
  private var first = 0

  /// When the next piece arrives.
  var nextAt: UInt64 { first < pieces.count ? pieces[first].at : .max }

  /// When the last one does.
  private var lastAt: UInt64 { pieces.count > first ? pieces[pieces.count - 1].at : 0 }

  /// Sends up to 16 bytes; nothing overtakes what was sent before.
  mutating func send(_ bytes: [16 of UInt8], _ count: Int, at moment: UInt64) {
    pieces.append(
      Piece(at: max(moment, lastAt), bytes: bytes, count: UInt8(count), taken: 0))
  }

  /// Moves what has arrived to the front of `space`.
  mutating func take(into space: inout MutableSpan<UInt8>, at now: UInt64) -> Int {
    var count = 0
    while first < pieces.count, pieces[first].at <= now, count < space.count {
      let piece = pieces[first]
      var taken = Int(piece.taken)
      while taken < Int(piece.count), count < space.count {
        space[count] = piece.bytes[taken]
        count += 1
        taken += 1
      }
      guard taken == Int(piece.count) else {
        pieces[first].taken = UInt8(taken)
        break
      }
      first += 1
    }
    if first == pieces.count {
      pieces.removeAll(keepingCapacity: true)
      first = 0
    }
    return count
  }

  mutating func removeAll() {
    pieces.removeAll(keepingCapacity: true)
    first = 0
  }
}
