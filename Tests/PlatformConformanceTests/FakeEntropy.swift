import Platform

/// Numbers that look random.
struct FakeEntropy: EntropySource {
  enum Defect: CaseIterable {
    case fails, isZero, isConstant, repeatsEveryDraw, repeatsWithinADraw, leavesTheEnd
    case leavesBytesBeyondTheFirst64, hasTooManyZeros
  }

  var defect: Defect?
  private var state: UInt64 = 1

  init(_ defect: Defect? = nil) { self.defect = defect }

  mutating func fillEntropy(_ space: inout MutableSpan<UInt8>) throws(FakeFailure) {
    if defect == .fails { throw FakeFailure(kind: .hardware) }
    if defect == .repeatsEveryDraw { state = 1 }
    for index in space.indices {
      let byte = next()
      switch defect {
      case .isZero: space[index] = 0
      case .isConstant: space[index] = 0x5A
      case .repeatsWithinADraw: space[index] = index < 16 ? byte : space[index % 16]
      case .leavesTheEnd: if index < space.count - 1 { space[index] = byte }
      case .leavesBytesBeyondTheFirst64: if index < 64 { space[index] = byte }
      case .hasTooManyZeros: space[index] = byte & 0x3F
      case nil, .fails, .repeatsEveryDraw: space[index] = byte
      }
    }
  }

  private mutating func next() -> UInt8 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
}
