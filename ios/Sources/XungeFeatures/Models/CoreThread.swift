import XungeCoreApi

/// Where the core's work is done: off the screen's thread, one call after the other. What waits for the network is not
/// done here, so that a round of sync holds no photo up; the core's own lock is taken call by call.
actor CoreThread {
    private let core: any FieldCore

    init(_ core: any FieldCore) { self.core = core }

    func run<Answer: Sendable>(_ work: @Sendable (any FieldCore) throws -> Answer) throws -> Answer { try work(core) }
}
