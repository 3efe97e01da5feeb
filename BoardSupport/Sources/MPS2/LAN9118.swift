public import BoardPlatform
import CortexM

/// The LAN9118 Ethernet controller (SMSC data sheet, revision 1.5) on the MPS2's bus.
///
/// Frames go through FIFOs that are read and written a word at a time. The registers of its MAC and
/// PHY are reached through others.
public struct LAN9118: EthernetDriver {
  /// The registers of section 5.3, with their offsets.
  private enum Field: UInt {
    /// RX_DATA_FIFO: received frames.
    case receiveData = 0x00
    /// TX_DATA_FIFO: frames to send, each after two command words.
    case transmitData = 0x20
    /// RX_STATUS_FIFO: a word for each received frame.
    case receiveStatus = 0x40
    /// TX_STATUS_FIFO: a word for each frame sent.
    case transmitStatus = 0x48
    /// BYTE_TEST: reads 0x87654321 once the chip is ready.
    case byteTest = 0x64
    /// TX_CFG: transmit configuration.
    case transmitConfiguration = 0x70
    /// HW_CFG: hardware configuration; bit 0 resets.
    case hardwareConfiguration = 0x74
    /// RX_DP_CTRL: fast-forwards over a received frame.
    case receiveDatapath = 0x78
    /// RX_FIFO_INF: what waits in the receiving FIFOs.
    case receiveFill = 0x7C
    /// TX_FIFO_INF: how much room the sending FIFO has.
    case transmitFill = 0x80
    /// MAC_CSR_CMD: reads or writes a register of the MAC.
    case macCommand = 0xA4
    /// MAC_CSR_DATA: its value.
    case macData = 0xA8
  }

  /// The registers of the MAC (section 5.4).
  private enum MACField: UInt32 {
    /// MAC_CR: control.
    case control = 1
    /// ADDRH: the last two bytes of the address.
    case addressHigh = 2
    /// ADDRL: the first four.
    case addressLow = 3
    /// MII_ACC: reads or writes a register of the PHY.
    case managementAccess = 6
    /// MII_DATA: its value.
    case managementData = 7
  }

  /// Creates a driver of a controller that is not set up.
  public init() {}

  /// The address that the controller has loaded from its EEPROM (section 3.9).
  var storedAddress: [6 of UInt8] {
    let low = readMAC(.addressLow)
    let high = readMAC(.addressHigh)
    return [
      UInt8(truncatingIfNeeded: low), UInt8(truncatingIfNeeded: low &>> 8),
      UInt8(truncatingIfNeeded: low &>> 16), UInt8(truncatingIfNeeded: low &>> 24),
      UInt8(truncatingIfNeeded: high), UInt8(truncatingIfNeeded: high &>> 8),
    ]
  }

  /// Sets the controller up and starts to receive.
  public mutating func start(address: [6 of UInt8]) {
    write(1, to: .hardwareConfiguration)
    for _ in 0..<100_000 where read(.byteTest) == 0x8765_4321 { break }
    // MBO, as section 5.3.9 demands; TX_FIF_SZ 5 leaves most of the memory to received frames.
    write(1 &<< 20 | 5 &<< 16, to: .hardwareConfiguration)
    writeMAC(UInt32(address[4]) | UInt32(address[5]) &<< 8, to: .addressHigh)
    writeMAC(word(address[0], address[1], address[2], address[3]), to: .addressLow)
    // PADSTR would strip padding; TXEN and RXEN, full duplex.
    writeMAC(1 &<< 20 | 1 &<< 3 | 1 &<< 2, to: .control)
    // TX_ON.
    write(1 &<< 1, to: .transmitConfiguration)
  }

  /// Asks the PHY whether the cable carries a signal.
  public mutating func isLinkUp() -> Bool {
    // Register 1 (basic status) of PHY 1, with MIIBZY; bit 2 is the link.
    writeMAC(1 &<< 11 | 1 &<< 6 | 1, to: .managementAccess)
    return readMAC(.managementData) & 0b100 != 0
  }

  /// Puts one frame into the sending buffer, if it is free.
  public mutating func send(_ frame: Span<UInt8>) -> Bool {
    // Statuses that nobody takes would stop the chip one day.
    while read(.transmitFill) &>> 16 & 0xFF > 0 { _ = read(.transmitStatus) }
    let words = (frame.count + 3) / 4
    guard Int(read(.transmitFill) & 0xFFFF) >= 4 * (words + 2) else { return false }
    let length = UInt32(truncatingIfNeeded: frame.count)
    // Commands A and B: first and last segment, its length; the packet's length.
    write(1 &<< 13 | 1 &<< 12 | length, to: .transmitData)
    write(length, to: .transmitData)
    for index in 0..<words {
      var word: UInt32 = 0
      for offset in 0..<min(4, frame.count - 4 * index) {
        word |= UInt32(frame[4 * index + offset]) &<< UInt32(truncatingIfNeeded: 8 * offset)
      }
      write(word, to: .transmitData)
    }
    return true
  }

  /// Takes one frame out of the receiving buffer.
  public mutating func receive(into sink: inout FrameSink) -> Bool {
    guard read(.receiveFill) &>> 16 & 0xFF > 0 else { return false }
    let status = read(.receiveStatus)
    // The length counts the checksum of four bytes; bit 15 marks a frame with an error.
    let total = Int(status &>> 16 & 0x3FFF)
    let isWanted = status & 1 &<< 15 == 0 && total > 4 && sink.begin(count: total - 4)
    // Whatever becomes of the frame, all of its words have to be taken.
    for _ in stride(from: 0, to: total, by: 4) {
      let word = read(.receiveData)
      if isWanted { sink.put(word) }
    }
    if isWanted { sink.end() }
    return true
  }

  private func word(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
    UInt32(a) | UInt32(b) &<< 8 | UInt32(c) &<< 16 | UInt32(d) &<< 24
  }

  /// Section 5.3.20: bit 31 is busy, bit 30 says that it is a read.
  private func waitForMAC() {
    for _ in 0..<100_000 where read(.macCommand) &>> 31 == 0 { return }
  }

  private func writeMAC(_ value: UInt32, to register: MACField) {
    write(value, to: .macData)
    write(1 &<< 31 | register.rawValue, to: .macCommand)
    waitForMAC()
  }

  private func readMAC(_ register: MACField) -> UInt32 {
    write(1 &<< 31 | 1 &<< 30 | register.rawValue, to: .macCommand)
    waitForMAC()
    return read(.macData)
  }

  /// The chip is at this address (application notes AN385 and AN386, section 3.1).
  private static let base: UInt = 0x4020_0000

  private func read(_ register: Field) -> UInt32 {
    Register(Self.base + register.rawValue).load()
  }

  private func write(_ value: UInt32, to register: Field) {
    Register(Self.base + register.rawValue).store(value)
  }
}
