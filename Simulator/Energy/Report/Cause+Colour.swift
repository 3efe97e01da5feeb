extension Cause {
  /// A colour that keeps its distance from its neighbours, also in print and to colour-blind eyes.
  public var colour: String {
    switch self {
    case .signing: "#c2185b"
    case .handshakeCompute: "#f57c00"
    case .symmetricCrypto: "#7b1fa2"
    case .handshakeRadio: "#1565c0"
    case .dataRadio: "#64b5f6"
    case .keepAlive: "#fbc02d"
    case .timeSync: "#8d6e63"
    case .flash: "#455a64"
    case .sensor: "#43a047"
    case .sleep: "#cfd8dc"
    }
  }
}
