// swift-tools-version: 6.2
import PackageDescription

// One flat list. The arrows are drawn in docs/architecture.md and policed by scripts/check-arrows.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatWarning("StrictMemorySafety", as: .error),
]
let kernels: [CSetting] = [.unsafeFlags(["-O3"])]

func room(
  _ name: String, _ needs: [Target.Dependency] = [], linking: [LinkerSetting] = []
) -> Target {
  .target(
    name: name, dependencies: needs, exclude: [], swiftSettings: strict, linkerSettings: linking)
}

func tests(of name: String, also: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + also, swiftSettings: strict)
}

let package = Package(
  name: "osong",
  products: [.executable(name: "osong", targets: ["osong"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: []
)
