import DataFiles
import Units

/// Values that have to fit each other, which no range of one of them can say.
protocol Checked {
  /// What does not fit and what would; nil where all does.
  var objection: String? { get }
}

extension BackOffModel: Checked {
  var objection: String? {
    guard floor <= base, base <= cap else {
      return "floor, base and cap are \(floor.text), \(base.text) and \(cap.text); "
        + "they should not fall"
    }
    return nil
  }
}

extension FlashModel: Checked {
  var objection: String? {
    guard programUnit.nonzeroBitCount == 1 else {
      return "programUnit is \(programUnit); it should be a power of two"
    }
    guard blockBytes % programUnit == 0 else {
      return "blockBytes is \(blockBytes); it should be a multiple of programUnit, \(programUnit)"
    }
    guard blockCount != 1 else {
      return "blockCount is 1; it should be 0, or 2 at least: one is erased while another is used"
    }
    return nil
  }
}

extension DeviceModel: Checked {
  var objection: String? {
    guard tokenJitter < tokenLife else {
      return "tokenJitter is \(tokenJitter.text); it should be shorter than tokenLife, "
        + tokenLife.text
    }
    return nil
  }
}

extension NetworkModel: Checked {
  var objection: String? {
    guard latencyMinimum <= latencyMaximum else {
      return "latencyMinimum is \(latencyMinimum.text); it should be at most latencyMaximum, "
        + latencyMaximum.text
    }
    return nil
  }
}
