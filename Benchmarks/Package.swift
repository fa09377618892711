// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that measuring adds nothing to the program or to its tests.
func measuring(_ name: String, _ product: String = "OsongEngine") -> Target {
  .executableTarget(
    name: name,
    dependencies: [.product(name: product, package: "osong")],
    swiftSettings: [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .strictMemorySafety(),
      .treatWarning("StrictMemorySafety", as: .error),
    ])
}

let package = Package(
  name: "osong-benchmarks",
  dependencies: [.package(name: "osong", path: "..")],
  targets: [
    measuring("Speed"), measuring("Search"), measuring("Clusters"), measuring("Accuracy"),
    measuring("Pretraining"), measuring("Queue", "OsongJobs"),
    measuring("Replay", "OsongCampaigns"),
  ],
  cxxLanguageStandard: .cxx17
)
