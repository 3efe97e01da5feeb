// swift-tools-version: 6.2
import PackageDescription

/// Boards keep the core's rules; only here may registers be touched.
let settings: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let core: Target.Dependency = .product(name: "SwiftletCore", package: "swiftlet-core")

/// The board to build for; its folder becomes the module `Board`, which programs import.
let boards = ["lm3s6965evb": "LM3S6965", "mps2-an385": "MPS2", "mps2-an386": "MPS2"]
let board = Context.environment["BOARD"] ?? "lm3s6965evb"
guard let folder = boards[board] else {
  fatalError("there is no board '\(board)'; the boards are \(boards.keys.sorted())")
}

/// A program that a board runs, in `Programs/`; one of them is in an image.
func program(_ name: String, _ more: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: ["Board", "BoardPlatform", "CBoard", "CNetwork", core] + more,
    path: "Programs/\(name)", swiftSettings: settings)
}

let package = Package(
  name: "swiftlet-boards",
  dependencies: [.package(name: "swiftlet-core", path: "..")],
  targets: [
    .target(name: "CBoard"),
    .target(name: "CNetwork"),
    .target(name: "CMeasure", dependencies: ["CBoard"], exclude: ["server_config.h"]),
    .target(name: "CortexM", dependencies: ["CBoard", core], swiftSettings: settings),
    .target(
      name: "BoardPlatform", dependencies: ["CBoard", "CNetwork", "CortexM", core],
      swiftSettings: settings),
    .target(
      name: "Board", dependencies: ["BoardPlatform", "CBoard", "CNetwork", "CortexM", core],
      path: "Sources/\(folder)", swiftSettings: settings),
    program("Thermometer"),
    program("Conformance"),
    program("Measure", ["CMeasure", "CortexM"]),
  ])
