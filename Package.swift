// swift-tools-version: 6.2
import PackageDescription

/// The core may not allocate, use untyped throws or existentials, and has no warnings.
let core: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .treatWarning("EmbeddedRestrictions", as: .error),
]

/// Set by those who need the core alone (boards, the embedded gates): nothing is fetched then.
let coreOnly = Context.environment["SWIFTLET_CORE_ONLY"] != nil

func coreTarget(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: core)
}

var targets: [Target] = [
  coreTarget("Units"),
  coreTarget("Bytes"),
  coreTarget("Platform", ["Units"]),
  coreTarget("PlatformConformance", ["Platform", "Units"]),
  coreTarget("Wire", ["Bytes", "Units"]),
  coreTarget("MQTTClient", ["Bytes", "Units", "Wire"]),
  coreTarget("TimeKeeping", ["Bytes", "Units", "Wire"]),
  coreTarget("Cryptography", ["Bytes"]),
  coreTarget("Identity", ["Bytes", "Units", "Cryptography", "TimeKeeping"]),
  coreTarget("TLS", ["Bytes", "Units", "TimeKeeping"]),
  coreTarget(
    "Device",
    [
      "Bytes", "Units", "Cryptography", "Identity", "MQTTClient", "Platform", "TimeKeeping", "TLS",
      "Wire",
    ]),
  .target(
    name: "CMbedTLS", path: "Sources/CMbedTLS",
    linkerSettings: [
      .linkedLibrary("mbedtls"), .linkedLibrary("mbedx509"), .linkedLibrary("mbedcrypto"),
    ]),
  coreTarget(
    "MbedTLSAdapter", ["Bytes", "Units", "Cryptography", "TimeKeeping", "TLS", "CMbedTLS"]),
]

func testTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)")
}

let package = Package(name: "swiftlet", targets: targets)
