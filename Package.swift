// swift-tools-version: 6.2
import PackageDescription

// One flat list, floor by floor. docs/architecture.md draws the arrows; scripts/check-arrows.py
// polices them, since SwiftPM does not look at imports.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatWarning("StrictMemorySafety", as: .error),
]

// Kernels are optimised in debug builds too, or the tests would crawl.
let kernels: [CSetting] = [.unsafeFlags(["-O3"])]

// RDKit's headers include one another from their own folder, which `headerSearchPath` cannot name.
let rdkitHeaders: [CXXSetting] = [.unsafeFlags(["-O2", "-isystem", "/usr/include/rdkit"])]
let rdkitLibraries: [LinkerSetting] = [
  "RDKitGraphMol", "RDKitSmilesParse", "RDKitFileParsers", "RDKitDescriptors",
  "RDKitFingerprints", "RDKitDataStructs", "RDKitMolStandardize", "RDKitChemTransforms",
  "RDKitSubstructMatch", "RDKitFilterCatalog", "RDKitMolDraw2D", "RDKitDepictor",
  "RDKitReducedGraphs", "RDKitCatalogs", "RDKitRDGeneral", "RDKitRDGeometryLib", "inchi",
  // RDKit allocates many small objects; with two threads the system allocator costs a third.
  "jemalloc",
].map { .linkedLibrary($0) }

func room(_ name: String, _ needs: Target.Dependency...) -> Target {
  .target(name: name, dependencies: needs, swiftSettings: strict)
}

func tests(_ name: String, _ needs: Target.Dependency...) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + needs, swiftSettings: strict)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "osong",
  products: [
    .executable(name: "osong", targets: ["osong"]),
    .library(
      name: "OsongEngine",
      targets: [
        "Records", "Molecules", "Fingerprints", "Featurization", "NeuralNetworks", "PropertyModels",
        "CompoundLibrary", "Screening",
      ]),
    .library(name: "OsongJobs", targets: ["Jobs"]),
    .library(name: "OsongCampaigns", targets: ["Campaigns"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // Without what nothing here uses: configuration from the environment.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1",
      traits: ["FullFoundation"]),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    // Floor 0: C ABIs and nothing else; each has exactly one Swift importer.
    .target(name: "CRDKit", cxxSettings: rdkitHeaders, linkerSettings: rdkitLibraries),
    .target(name: "CFingerprints", cSettings: kernels),
    .target(name: "CTensors", cSettings: kernels),
    .target(name: "CHtslib", linkerSettings: [.linkedLibrary("hts")]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    // Debian's XGBoost has no pkg-config file; the module map links it.
    .systemLibrary(name: "CXGBoost", providers: [.apt(["libxgboost-dev"])]),

    // Floor 1
    room("Entities"),
    room("Provenance", crypto),
    room("Parallelism"),
    room("Records", "CZlib", "Entities"),
    room("Molecules", "CRDKit", "Records", "Entities"),
    room("Fingerprints", "CFingerprints", "Parallelism"),
    room("LinearAlgebra", "COpenBLAS"),
    room("Jobs", grdb),

    // Floor 2
    room("Tensors", "LinearAlgebra", "CTensors"),
    room("Statistics", "LinearAlgebra"),
    room("Governance", "Records", "Provenance"),
    room(
      "BioactivityStore", "Molecules", "Records", "Provenance", "Entities", "Parallelism", grdb),

    // Floor 3
    room("Featurization", "Molecules", "Records", "Tensors", "Entities"),
    room("NeuralNetworks", "Tensors", "Parallelism"),
    room("GradientBoosting", "CXGBoost"),
    room("Evaluation", "Molecules", "Fingerprints", "Statistics", "Parallelism"),

    room(
      "Biobank", "CHtslib", "Statistics", "LinearAlgebra", "Records", "Provenance", "Entities",
      "Parallelism"),
    room(
      "Hospitals", "CPostgres", "Statistics", "Governance", "Records", "Provenance", "Entities",
      "Parallelism"),
    room("PublicSample", "Statistics", "Governance", "Records", "Entities"),
    room("Patents", "Statistics", "Fingerprints", "Records", "Provenance", "Entities"),
    room("TargetEvidence", "Statistics", "Governance", "Records", "Provenance", "Entities"),

    // Floor 4
    room(
      "PropertyModels", "Featurization", "NeuralNetworks", "GradientBoosting", "Evaluation",
      "Statistics", "LinearAlgebra", "Tensors", "Fingerprints", "Molecules", "Provenance",
      "Entities", "Parallelism"),
    room(
      "CompoundLibrary", "Featurization", "Fingerprints", "Molecules", "Records", "Provenance",
      "Entities", "Parallelism"),

    // Floor 5 and 6
    room("Screening", "Molecules", "Entities"),
    room(
      "HospitalNetwork", "Hospitals", "Governance", "Provenance", nioCore, nioPosix, nioSSL),
    room(
      "Campaigns", "Jobs", "Screening", "BioactivityStore", "TargetEvidence", "Biobank",
      "Hospitals", "PublicSample", "Patents",
      "Governance", "CompoundLibrary",
      "PropertyModels", "Evaluation", "Featurization", "Fingerprints", "Molecules", "Records",
      "Statistics", "Provenance", "Entities", "Parallelism", yaml),
    room(
      "Reporting", "TargetEvidence", "Screening", "Evaluation", "Statistics", "Provenance",
      "Molecules", "Records", "Entities"),

    // Floor 7
    room(
      "Dashboard", "Campaigns", "Reporting", "Jobs", "Provenance", hummingbird, lifecycle,
      logging),
    .executableTarget(
      name: "osong",
      dependencies: [
        "Dashboard", "Campaigns", "HospitalNetwork", "Reporting", "BioactivityStore",
        "TargetEvidence", "Biobank",
        "Hospitals", "PublicSample", "Patents", "Governance", "Screening",
        "CompoundLibrary", "PropertyModels", "Evaluation", "Statistics", "Featurization",
        "Fingerprints", "Molecules", "Records", "Jobs", "Provenance", "Entities",
        "Parallelism", arguments,
      ],
      swiftSettings: strict),

    // Scratch folders, made-up molecules and the way to the reference data.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("Provenance"),
    tests("Jobs"),
    tests("Parallelism"),
    tests("Records", "Entities"),
    tests("Molecules", "Records", "Entities", "Parallelism"),
    tests("Fingerprints", "Parallelism"),
    tests("LinearAlgebra"),
    tests("Tensors", "LinearAlgebra"),
    tests("Statistics", "TestSupport"),
    tests("Governance", "TestSupport", "Provenance"),
    tests(
      "BioactivityStore", "TestSupport", "Molecules", "Records", "Provenance", "Entities",
      "Parallelism"),
    tests(
      "Biobank", "TestSupport", "Statistics", "LinearAlgebra", "Provenance", "Entities",
      "Parallelism"),
    tests(
      "Hospitals", "TestSupport", "Statistics", "Governance", "Records", "Provenance", "Entities",
      "Parallelism"),
    tests(
      "HospitalNetwork", "TestSupport", "Hospitals", "Statistics", "Governance", "Provenance",
      nioCore, nioPosix, nioSSL),
    tests("PublicSample", "TestSupport", "Statistics", "Governance", "Records", "Entities"),
    tests("Patents", "TestSupport", "Statistics", "Records", "Provenance", "Entities"),
    tests("TargetEvidence", "TestSupport", "Statistics", "Entities"),
    tests("NeuralNetworks", "Tensors", "Parallelism"),
    tests("GradientBoosting"),
    tests("Evaluation", "Statistics", "Molecules", "Fingerprints", "Parallelism"),
    tests("Screening", "Entities"),
    tests(
      "Reporting", "Screening", "Evaluation", "TargetEvidence", "Molecules", "Records", "Entities"),
    tests(
      "Featurization", "TestSupport", "Molecules", "Fingerprints", "Tensors", "Records",
      "Entities"),
    tests(
      "PropertyModels", "TestSupport", "Featurization", "NeuralNetworks", "GradientBoosting",
      "Evaluation", "Statistics", "LinearAlgebra", "Tensors", "Fingerprints", "Molecules",
      "Provenance",
      "Entities", "Parallelism"),
    tests(
      "CompoundLibrary", "TestSupport", "Featurization", "Fingerprints", "Molecules", "Records",
      "Provenance", "Entities", "Parallelism"),
    tests(
      "Campaigns", "TestSupport", "Biobank", "Hospitals", "Patents", "Governance", "Records",
      "Statistics", "Jobs", "Screening", "CompoundLibrary", "PropertyModels", "NeuralNetworks",
      "Evaluation", "TargetEvidence", "Featurization", "Fingerprints", "Molecules", "Provenance",
      "Entities", "Parallelism"),
    tests("Dashboard", "TestSupport", "Campaigns", "Jobs", "Provenance"),
    .testTarget(
      name: "OsongTests", dependencies: ["osong", "TestSupport", "TargetEvidence", "Entities"],
      swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
