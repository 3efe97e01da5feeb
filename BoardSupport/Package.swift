// swift-tools-version: 6.2
import PackageDescription

/// Boards keep the core's rules; only here may registers be touched.
let board: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let core: [Target.Dependency] = [
  .product(name: "SwiftletCore", package: "swiftlet-core")
]

let package = Package(
  name: "swiftlet-boards",
  dependencies: [.package(name: "swiftlet-core", path: "..")],
  targets: [
    .target(name: "CBoard"),
    .target(name: "CNetwork"),
    .target(name: "CortexM", dependencies: ["CBoard"] + core, swiftSettings: board),
    .target(name: "Ethernet", swiftSettings: board),
    .target(
      name: "LM3S6965", dependencies: ["CBoard", "CortexM", "Ethernet"], swiftSettings: board),
    .target(name: "MPS2", dependencies: ["CBoard", "CortexM", "Ethernet"], swiftSettings: board),
  ])
