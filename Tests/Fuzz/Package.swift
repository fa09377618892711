// swift-tools-version: 6.2
import PackageDescription

// A package of its own: the usual build and the tests never see it. `run` builds it with sanitizers.
let package = Package(
  name: "osong-fuzz",
  dependencies: [.package(name: "osong", path: "../..")],
  targets: [
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "Fuzz",
      dependencies: ["CFuzzer", .product(name: "OsongEngine", package: "osong")],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .strictMemorySafety(),
        .treatWarning("StrictMemorySafety", as: .error),
      ],
      // The toolchain's own linker: gold stumbles over the sanitizers' line tables.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
  ],
  cxxLanguageStandard: .cxx17
)
