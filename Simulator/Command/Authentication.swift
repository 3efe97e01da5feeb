import ArgumentParser
import Provisioning

/// How devices prove who they are.
enum Authentication: String, ExpressibleByArgument, CaseIterable {
  case jwtES256 = "jwt-es256"
  case jwtRS256 = "jwt-rs256"

  /// The algorithm of the devices' keys.
  var algorithm: DeviceAlgorithm {
    switch self {
    case .jwtES256: .es256
    case .jwtRS256: .rs256
    }
  }
}
