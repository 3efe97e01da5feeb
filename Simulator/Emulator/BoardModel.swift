/// A board that QEMU emulates with its network card.
public struct BoardModel: Sendable {
  /// The board's name, in commands and in folders.
  public let name: String
  /// How much RAM the emulated machine has that the program uses, in bytes.
  public let ramBytes: Int
  /// The bytes that a device image for it has, with the state region at its end.
  public let imageBytes: Int
  /// The size of a block of the state region.
  public let stateBlockBytes: Int
  /// The number of blocks of the state region.
  public let stateBlockCount: Int

  /// QEMU's name of the machine.
  let machine: String
  /// QEMU's name of the network card.
  let networkCard: String
  /// Where the device image goes.
  let placement: Placement

  /// How an image gets into the machine.
  enum Placement: Sendable {
    /// Into flash, at this address, each time that the machine starts; the program cannot write it.
    case flash(address: Int)
    /// To the front of a memory of this size, which QEMU keeps in a file: what the program writes
    /// there survives the end of the emulator.
    case memoryFile(byteCount: Int)
  }

  /// True where what the program wrote survives the end of the emulator, as on flash.
  public var keepsState: Bool {
    switch placement {
    case .flash: false
    case .memoryFile: true
    }
  }

  /// All boards.
  public static let all: [BoardModel] = [
    BoardModel(
      name: "lm3s6965evb", ramBytes: 65_536, imageBytes: 10_240, stateBlockBytes: 1_024,
      stateBlockCount: 4, machine: "lm3s6965evb", networkCard: "stellaris",
      placement: .flash(address: 0x3_D800)),
    mps2("mps2-an385"), mps2("mps2-an386"),
  ]

  /// The MPS2 board, whose PSRAM of 16 MB stands in for flash.
  private static func mps2(_ name: String) -> BoardModel {
    BoardModel(
      name: name, ramBytes: 4_194_304, imageBytes: 131_072, stateBlockBytes: 4_096,
      stateBlockCount: 16, machine: name, networkCard: "lan9118",
      placement: .memoryFile(byteCount: 16_777_216))
  }
}
