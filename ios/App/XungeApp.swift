// The whole of the app's own target in Xcode; ios/README.md says how to make it. Everything else is the package.

import SwiftUI
import XungeUi

@main
struct XungeApp: App {
    var body: some Scene {
        XungePhone()
    }
}
