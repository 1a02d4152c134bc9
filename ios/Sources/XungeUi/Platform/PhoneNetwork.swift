#if canImport(SwiftUI) && os(iOS)
    import Network
    import XungeFeatures

    /// What the phone knows of its network: expensive is mobile data and another phone's hotspot, constrained is the person's
    /// own wish to save.
    @MainActor
    final class PhoneNetwork: XungeFeatures.Network {
        private let monitor = NWPathMonitor()
        private var listeners: [Int: @MainActor () async -> Void] = [:]
        private var begun = 0
        private(set) var metered = false
        private var reachable = false

        init() {
            monitor.pathUpdateHandler = { [weak self] path in
                let (metered, reachable) = (path.isExpensive || path.isConstrained, path.status == .satisfied)
                Task { @MainActor in self?.became(metered: metered, reachable: reachable) }
            }
            monitor.start(queue: .global(qos: .utility))
        }

        func watch(_ onChange: @escaping @MainActor () async -> Void) -> any Watch {
            begun += 1
            listeners[begun] = onChange
            return Listening(network: self, number: begun)
        }

        /// A network that went is no moment to send; nor is one of which nothing changed.
        private func became(metered: Bool, reachable: Bool) {
            let changed = metered != self.metered || reachable && !self.reachable
            self.metered = metered
            self.reachable = reachable
            guard changed && reachable else { return }
            for listener in listeners.values { Task { await listener() } }
        }

        private struct Listening: Watch {
            let network: PhoneNetwork
            let number: Int

            func stop() { network.listeners[number] = nil }
        }
    }
#endif
