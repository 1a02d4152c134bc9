// swift-tools-version: 6.0
import PackageDescription

// On Linux the core is the library that cargo built, found by `-L` (scripts/swift.sh); on a Mac it is the xcframework that
// ios/scripts/xcframework.sh makes. macOS is there for `swift test` on a Mac; the screens are for iOS alone.
#if os(Linux)
    let core: Target = .systemLibrary(name: "xunge_mobileFFI")
#else
    let core: Target = .binaryTarget(name: "xunge_mobileFFI", path: "build/xunge_mobileFFI.xcframework")
#endif

let package = Package(
    name: "Xunge",
    defaultLocalization: "zh-Hans",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "XungeUi", targets: ["XungeUi"])],
    targets: [
        core,
        // Generated, whole: mobile-bindings/generated/swift.
        // The frameworks: on a Mac SQLCipher encrypts with CommonCrypto.
        .target(
            name: "XungeMobile", dependencies: ["xunge_mobileFFI"],
            linkerSettings: ["Security", "CoreFoundation"].map { .linkedFramework($0, .when(platforms: [.iOS, .macOS])) }),
        .target(name: "XungeCoreApi"),
        .target(name: "XungeCore", dependencies: ["XungeCoreApi", "XungeMobile"]),
        .target(name: "XungeFeatures", dependencies: ["XungeCoreApi"]),
        .target(name: "XungeUi", dependencies: ["XungeCore", "XungeFeatures"]),
        .testTarget(name: "XungeFeaturesTests", dependencies: ["XungeFeatures"]),
        .testTarget(name: "XungeCoreTests", dependencies: ["XungeCore", "XungeFeatures"]),
    ]
)
