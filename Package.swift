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

/// Set where virtual time has to be fast: the engine is generic, and only optimization across
/// modules makes one of its own for the model world, which then takes a third of the time.
let fast: [SwiftSetting] =
  Context.environment["SWIFTLET_FAST"] == nil
  ? [] : [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]

func coreTarget(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: core + fast)
}

/// The Linux side: ordinary Swift, without warnings.
func simulatorTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Simulator/\(name)",
    swiftSettings: [.treatAllWarnings(as: .error)])
}

func testTarget(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)")
}

var dependencies: [Package.Dependency] = []

/// What a board builds upon.
var products: [Product] = [
  .library(
    name: "SwiftletCore",
    targets: [
      "Bytes", "Device", "DeviceImage", "MbedTLSAdapter", "Metering", "Platform",
      "PlatformConformance", "Store", "Units",
    ])
]

var targets: [Target] = [
  coreTarget("Units"),
  coreTarget("Bytes"),
  coreTarget("Jitter"),
  coreTarget("Platform", ["Units"]),
  coreTarget("PlatformConformance", ["Bytes", "Platform", "Units"]),
  coreTarget("DeviceImage", ["Bytes"]),
  coreTarget("Metering", ["Bytes", "Platform", "Units"]),
  coreTarget("Wire", ["Bytes", "Units"]),
  coreTarget("MQTTClient", ["Bytes", "Units", "Wire"]),
  coreTarget("TimeKeeping", ["Bytes", "Units", "Wire"]),
  coreTarget("Cryptography", ["Bytes"]),
  coreTarget("Store", ["Bytes", "Cryptography", "Platform"]),
  coreTarget("Identity", ["Bytes", "Units", "Cryptography", "TimeKeeping"]),
  coreTarget("TLS", ["Bytes", "Units", "TimeKeeping"]),
  coreTarget(
    "Device",
    [
      "Bytes", "Units", "Cryptography", "DeviceImage", "Identity", "Jitter", "MQTTClient",
      "Platform", "Store", "TimeKeeping", "TLS", "Wire",
    ]),
  .target(
    name: "CMbedTLS", path: "Sources/CMbedTLS",
    linkerSettings: [
      .linkedLibrary("mbedtls", .when(platforms: [.linux])),
      .linkedLibrary("mbedx509", .when(platforms: [.linux])),
      .linkedLibrary("mbedcrypto", .when(platforms: [.linux])),
    ]),
  coreTarget(
    "MbedTLSAdapter", ["Bytes", "Units", "Cryptography", "TimeKeeping", "TLS", "CMbedTLS"]),
  .target(
    name: "EmbeddedProbe",
    dependencies: [
      "Bytes", "Device", "DeviceImage", "MbedTLSAdapter", "Metering", "Platform", "Units",
      "Wire",
    ],
    path: "Tests/EmbeddedProbe", exclude: ["budgets.txt"], swiftSettings: core),
  // The parts of boards that can be tried on the host.
  .target(name: "CArena", path: "BoardSupport/Sources/CArena"),
  .target(name: "CLinux", path: "Simulator/CLinux"),
  simulatorTarget("HostPlatform", ["CLinux", "Platform", "Units"]),
  .target(
    name: "Energy", dependencies: ["DataFiles", "Jitter", "Metering", "Page", "Platform", "Units"],
    path: "Simulator/Energy", exclude: ["Data/schema.json"],
    // In the program itself, which then runs from anywhere.
    resources: [
      "batteries", "cores", "costs", "exchanges", "policies", "radios", "sensors",
    ].map { .embedInCode("Data/\($0).json") },
    swiftSettings: [.treatAllWarnings(as: .error)]),
  simulatorTarget("DataFiles", ["Units"]),
  .target(
    name: "Scenarios", dependencies: ["DataFiles", "Units"], path: "Simulator/Scenarios",
    exclude: ["Data/schema.json"],
    // In the program itself, which then runs from anywhere.
    resources: [
      "broker-restart", "clock-lost", "default", "five-years-on-two-aa", "flash-wear", "jwt-wave",
      "power-cuts", "reconnect-storm", "swarm",
    ].map { .embedInCode("Data/\($0).json") },
    swiftSettings: [.treatAllWarnings(as: .error)]),
  simulatorTarget("Results", ["DataFiles", "Scenarios", "Units"]),
  simulatorTarget("Page", []),
  simulatorTarget("Report", ["DataFiles", "Energy", "Page", "Results", "Scenarios", "Units"]),
  .target(
    name: "World",
    dependencies: [
      "Bytes", "Cryptography", "Device", "Energy", "Identity", "Jitter", "MQTTClient", "Platform",
      "Results", "Scenarios", "Store", "TLS", "TimeKeeping", "Units", "Wire",
    ],
    path: "Simulator/World",
    swiftSettings: [
      .enableExperimentalFeature("Lifetimes"), .treatAllWarnings(as: .error),
    ]),
  .executableTarget(
    name: "WorldBench", dependencies: ["Results", "Scenarios", "Units", "World"],
    path: "Tests/WorldBench"),
  testTarget("WorldTests", ["Results", "Scenarios", "Units", "World"]),
  testTarget(
    "EnergyTests",
    ["Bytes", "DataFiles", "Energy", "Jitter", "Metering", "Platform", "Units"]),
  testTarget("ScenariosTests", ["DataFiles", "Scenarios", "Units"]),
  testTarget(
    "ResultsTests",
    ["DataFiles", "Energy", "Jitter", "Report", "Results", "Scenarios", "Units"]),
  testTarget("TidyTests", []),
  testTarget("ArenaTests", ["CArena", "Jitter"]),
  testTarget("UnitsTests", ["Units"]),
  testTarget("BytesTests", ["Bytes"]),
  testTarget("DeviceImageTests", ["Bytes", "DeviceImage"]),
  .target(
    name: "FlashTestSupport", dependencies: ["Jitter", "Platform"],
    path: "Tests/FlashTestSupport"),
  testTarget(
    "StoreTests",
    [
      "Bytes", "Cryptography", "FlashTestSupport", "Jitter", "MbedTLSAdapter", "Platform", "Store",
    ]),
  testTarget("MeteringTests", ["Bytes", "Jitter", "Metering", "Platform", "Units"]),
  testTarget("WireTests", ["Bytes", "Jitter", "Units", "Wire"]),
  testTarget("MQTTClientTests", ["Bytes", "Jitter", "Units", "Wire", "MQTTClient"]),
  testTarget("TimeKeepingTests", ["Bytes", "Jitter", "Units", "Wire", "TimeKeeping"]),
  testTarget("IdentityTests", ["Bytes", "Units", "Cryptography", "TimeKeeping", "Identity"]),
  testTarget("IntegrationTests"),
  testTarget("PlatformConformanceTests", ["Platform", "PlatformConformance", "Units"]),
  .testTarget(
    name: "DeviceTests",
    dependencies: [
      "Bytes", "Cryptography", "Device", "DeviceImage", "FlashTestSupport", "Identity", "Jitter",
      "MQTTClient", "Platform", "Store", "TLS", "TimeKeeping", "Units", "Wire",
    ],
    path: "Tests/DeviceTests", swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
  testTarget("HostPlatformTests", ["HostPlatform", "Platform", "PlatformConformance", "Units"]),
  .target(
    name: "AllocationFaults", dependencies: ["CMbedTLS"], path: "Tests/AllocationFaults"),
  .target(name: "ScriptedServer", dependencies: ["CMbedTLS"], path: "Tests/ScriptedServer"),
  .target(
    name: "MbedTLSTestSupport",
    dependencies: [
      "Cryptography", "MbedTLSAdapter", "ScriptedServer", "TLS", "TimeKeeping", "Units",
    ],
    path: "Tests/MbedTLSTestSupport"),
  testTarget(
    "CryptographyTests",
    ["AllocationFaults", "Cryptography", "MbedTLSAdapter", "MbedTLSTestSupport"]),
  .target(
    name: "CP256", path: "BoardSupport/Sources/CP256",
    linkerSettings: [.linkedLibrary("mbedcrypto", .when(platforms: [.linux]))]),
  .target(
    name: "P256TestSupport", dependencies: ["AllocationFaults", "CP256"],
    path: "Tests/P256TestSupport",
    cSettings: [.headerSearchPath("../../BoardSupport/Sources/CP256")]),
  testTarget(
    "CP256Tests",
    ["CP256", "Cryptography", "Jitter", "MbedTLSTestSupport", "P256TestSupport"]),
  testTarget(
    "TLSTests",
    ["AllocationFaults", "MbedTLSAdapter", "MbedTLSTestSupport", "ScriptedServer", "TLS"]),
]

if !coreOnly {
  dependencies += [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", exact: "0.2.0"),
    .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
  ]
  products += [.executable(name: "swiftlet", targets: ["swiftlet"])]
  targets += [
    simulatorTarget(
      "Provisioning",
      [
        "Bytes", "DeviceImage", "Platform", "Store",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ]),
    simulatorTarget(
      "Cloud",
      [
        "Bytes", "Jitter", "Wire", "Provisioning",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
      ]),
    simulatorTarget(
      "Metrics",
      [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    simulatorTarget(
      "Fleet",
      [
        "Bytes", "CLinux", "Device", "HostPlatform", "Identity", "Jitter", "MbedTLSAdapter",
        "Metrics", "MQTTClient",
        "Platform", "TLS", "TimeKeeping", "Units", "Wire",
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "Histogram", package: "hdrhistogram-swift"),
      ]),
    simulatorTarget(
      "Emulator",
      [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .executableTarget(
      name: "swiftlet",
      dependencies: [
        "CLinux", "Cloud", "DataFiles", "Emulator", "Energy", "Fleet", "MbedTLSAdapter", "Metrics",
        "Platform", "Provisioning", "Report", "Results", "Scenarios", "Units", "World",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Simulator/Command", swiftSettings: [.treatAllWarnings(as: .error)]),
    testTarget(
      "ProvisioningTests",
      [
        "Bytes", "DeviceImage", "Platform", "Provisioning",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "X509", package: "swift-certificates"),
      ]),
    testTarget("FleetTests", ["Fleet", "Metrics", "Units"]),
    testTarget(
      "CloudTests",
      [
        "Cloud", "Jitter", "Provisioning", "Wire",
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
  ]
}

let package = Package(
  name: "swiftlet", products: products, dependencies: dependencies, targets: targets)
