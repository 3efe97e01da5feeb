extension FixedBytes {
  /// Adds `number` in decimal digits, without leading zeros, or throws and adds nothing.
  public mutating func append(decimal number: Int) throws(Overflow) {
    var writer = ByteWriter(freeSpace)
    try writer.write(signedDecimal: number)
    let written = writer.count
    commit(written)
  }
}

extension ByteWriter {
  /// Once for all capacities.
  @inline(never)
  @_lifetime(self: copy self)
  fileprivate mutating func write(signedDecimal number: Int) throws(Overflow) {
    if number < 0 { try write(UInt8(ascii: "-")) }
    try write(decimal: UInt64(number.magnitude))
  }
}
