// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that measuring adds nothing to the program or to its tests.
let package = Package(
  name: "osong-benchmarks",
  dependencies: [.package(name: "osong", path: "..")],
  targets: [
    .executableTarget(
      name: "Speed",
      dependencies: [.product(name: "OsongEngine", package: "osong")],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .strictMemorySafety(),
        .treatWarning("StrictMemorySafety", as: .error),
      ])
  ],
  cxxLanguageStandard: .cxx17
)
