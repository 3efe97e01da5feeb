extension FixedBytes {
  /// Adds `number` in decimal digits, without leading zeros, or throws and adds nothing.
  public mutating func append(decimal number: Int) throws(Overflow) {
    let start = count
    do {
      if number < 0 { try append(UInt8(ascii: "-")) }
      var writer = ByteWriter(freeSpace)
      try writer.write(decimal: UInt64(number.magnitude))
      let written = writer.count
      commit(written)
    } catch {
      remove(start..<count)
      throw error
    }
  }
}
