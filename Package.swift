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

/// The Linux side: ordinary Swift, without warnings.
func simulatorTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Simulator/\(name)",
    swiftSettings: [.treatAllWarnings(as: .error)])
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

var dependencies: [Package.Dependency] = []

if !coreOnly {
  dependencies += [
    .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
  ]
  targets += [
    simulatorTarget(
      "Provisioning",
      [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ]),
    simulatorTarget(
      "Cloud",
      [
        "Bytes", "Wire", "Provisioning",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
      ]),
    testTarget(
      "ProvisioningTests",
      [
        "Provisioning",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "X509", package: "swift-certificates"),
      ]),
    testTarget(
      "CloudTests",
      [
        "Cloud", "Provisioning", "Wire",
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
  ]
}

let package = Package(name: "swiftlet", dependencies: dependencies, targets: targets)
