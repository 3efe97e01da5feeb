// swift-tools-version: 6.2
import PackageDescription

/// The core may not allocate, use untyped throws or existentials, and has no warnings.
let core: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .enableUpcomingFeature("MemberImportVisibility"),
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
  coreTarget("PlatformConformance", ["Bytes", "Platform", "Units"]),
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
      .linkedLibrary("mbedtls", .when(platforms: [.linux])),
      .linkedLibrary("mbedx509", .when(platforms: [.linux])),
      .linkedLibrary("mbedcrypto", .when(platforms: [.linux])),
    ]),
  .target(name: "CLinux", path: "Simulator/CLinux"),
  .target(
    name: "HostPlatform", dependencies: ["CLinux", "Platform", "Units"],
    path: "Simulator/HostPlatform"),
  coreTarget(
    "MbedTLSAdapter", ["Bytes", "Units", "Cryptography", "TimeKeeping", "TLS", "CMbedTLS"]),
]

targets += [
  testTarget("UnitsTests", ["Units"]),
  testTarget("WireTests", ["Bytes", "Units", "Wire"]),
  testTarget("TimeKeepingTests", ["Bytes", "Units", "Wire", "TimeKeeping"]),
  testTarget("IdentityTests", ["Bytes", "Units", "Cryptography", "TimeKeeping", "Identity"]),
  testTarget("PlatformConformanceTests", ["Platform", "PlatformConformance", "Units"]),
]

func testTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)")
}

targets += [
  testTarget("BytesTests", ["Bytes"]),
  testTarget("WireTests", ["Bytes", "Units", "Wire"]),
  testTarget("MQTTClientTests", ["Bytes", "Units", "Wire", "MQTTClient"]),
]

let package = Package(name: "swiftlet", targets: targets)
