public import BoardPlatform
import CortexM

/// The Ethernet controller of the LM3S6965 (data sheet DS-LM3S6965-12746, section 16).
///
/// Frames go through a 2 KB buffer, a word at a time. In both directions two bytes of length stand
/// in front of the frame.
public struct StellarisEthernet: EthernetDriver {
  /// The registers, by the names of section 16.5, with their offsets.
  private enum Field: UInt {
    /// MACRIS: raw interrupt status; writing ones acknowledges.
    case interruptStatus = 0x000
    /// MACIM: interrupt mask.
    case interruptMask = 0x004
    /// MACRCTL: receive control.
    case receiveControl = 0x008
    /// MACTCTL: transmit control.
    case transmitControl = 0x00C
    /// MACDATA: the buffers.
    case data = 0x010
    /// MACIA0: the first four bytes of the address.
    case addressLow = 0x014
    /// MACIA1: the last two bytes.
    case addressHigh = 0x018
    /// MACTHR: how full the buffer must be before sending starts by itself.
    case threshold = 0x01C
    /// MACMCTL: management control.
    case managementControl = 0x020
    /// MACMRXD: management receive data.
    case managementData = 0x030
    /// MACNP: the number of frames received.
    case frameCount = 0x034
    /// MACTR: transmission request.
    case transmissionRequest = 0x038
  }

  /// Section 16.6: the buffer of the transmitter holds one frame with its length.
  private static let frameMaximum = 1514

  /// Creates a driver of a controller that is not set up.
  public init() {}

  /// Sets the controller up and starts to receive.
  public mutating func start(address: [6 of UInt8]) {
    write(0, to: .interruptMask)
    // Sending starts on request alone, when a frame is complete.
    write(0x3F, to: .threshold)
    write(word(address[0], address[1], address[2], address[3]), to: .addressLow)
    write(word(address[4], address[5], 0, 0), to: .addressHigh)
    // RSTFIFO and BADCRC, then RXEN: own address and broadcast, no frame with a bad checksum.
    write(0b11000, to: .receiveControl)
    write(0b01001, to: .receiveControl)
    // DUPLEX, CRC, PADEN, TXEN.
    write(0b10111, to: .transmitControl)
  }

  /// Asks the PHY whether the cable carries a signal; without a PHY, as in an emulator, it does.
  public mutating func isLinkUp() -> Bool {
    // MR2 holds a part of the maker's number; bit 2 of MR1 is the link.
    managementRegister(2) == 0 || managementRegister(1) & 0b100 != 0
  }

  /// Reads a register of the PHY: asked for with START, the answer is ready when START reads zero
  /// (section 16.4).
  private func managementRegister(_ number: UInt32) -> UInt32 {
    write(number &<< 3 | 1, to: .managementControl)
    for _ in 0..<1_000 where read(.managementControl) & 1 == 0 { break }
    return read(.managementData)
  }

  /// Puts one frame into the sending buffer, if it is free.
  public mutating func send(_ frame: Span<UInt8>) -> Bool {
    precondition(frame.count >= 14 && frame.count <= Self.frameMaximum)
    guard read(.transmissionRequest) & 1 == 0 else { return false }
    // The length counts what follows the 14 bytes of the header.
    let length = UInt32(truncatingIfNeeded: frame.count - 14)
    write(length | UInt32(frame[0]) &<< 16 | UInt32(frame[1]) &<< 24, to: .data)
    var index = 2
    while index < frame.count {
      write(word(of: frame, at: index), to: .data)
      index += 4
    }
    write(1, to: .transmissionRequest)
    return true
  }

  /// Takes one frame out of the receiving buffer.
  public mutating func receive(into sink: inout FrameSink) -> Bool {
    guard read(.frameCount) > 0 else { return false }
    let first = read(.data)
    // The length counts itself and the checksum of four bytes.
    let total = Int(first & 0xFFFF)
    let isWanted = total > 6 && sink.begin(count: total - 6)
    if isWanted { sink.put(first &>> 16, count: 2) }
    // Whatever becomes of the frame, all of its words have to be taken.
    for _ in stride(from: 4, to: total, by: 4) {
      let word = read(.data)
      if isWanted { sink.put(word) }
    }
    if isWanted { sink.end() }
    return true
  }

  private func word(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
    UInt32(a) | UInt32(b) &<< 8 | UInt32(c) &<< 16 | UInt32(d) &<< 24
  }

  private func word(of frame: Span<UInt8>, at index: Int) -> UInt32 {
    var word: UInt32 = 0
    for offset in 0..<min(4, frame.count - index) {
      word |= UInt32(frame[index + offset]) &<< UInt32(truncatingIfNeeded: 8 * offset)
    }
    return word
  }

  /// The registers begin at this address (section 2.4).
  private static let base: UInt = 0x4004_8000

  private func read(_ register: Field) -> UInt32 {
    Register(Self.base + register.rawValue).load()
  }

  private func write(_ value: UInt32, to register: Field) {
    Register(Self.base + register.rawValue).store(value)
  }
}
