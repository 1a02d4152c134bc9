import XungeCoreApi

extension CoreEvent {
    /// What happened, in words: each event has its own, or this does not compile.
    public var named: Named {
        switch self {
        case .opened: Word.logOpened.named
        case .suspended: Word.logSuspended.named
        case .resumed: Word.logResumed.named
        case .wiped: Word.logWiped.named
        case .shutDown: Word.logShutDown.named
        case .asked(let route, let bytes): Word.logAsked.counted(route, bytes)
        case .answered(let status, let bytes): Word.logAnswered.counted(status, bytes)
        case .unreachable: Word.logUnreachable.named
        case .wrongCertificate: Word.logWrongCertificate.named
        case .waits(let millis, let code):
            Named(
                Word.logWaits.of(.chinese, duration(Int64(clamping: millis), .chinese), code),
                Word.logWaits.of(.english, duration(Int64(clamping: millis), .english), code))
        case .refused(let code): Word.logRefused.filled(code)
        case .revoked: Word.logRevoked.named
        case .failed(let code): Word.logFailed.filled(code)
        }
    }

    public var sign: Sign {
        switch self {
        case .opened: Sign(named, .neutral, .disc)
        case .suspended: Sign(named, .neutral, .bars)
        case .resumed: Sign(named, .neutral, .right)
        case .wiped: Sign(named, .bad, .minus)
        case .shutDown: Sign(named, .neutral, .square)
        case .asked: Sign(named, .active, .up)
        case .answered: Sign(named, .good, .tick)
        case .unreachable: Sign(named, .waiting, .dots)
        case .wrongCertificate: Sign(named, .bad, .triangle)
        case .waits: Sign(named, .waiting, .half)
        case .refused: Sign(named, .bad, .cross)
        case .revoked: Sign(named, .bad, .hollowDiamond)
        case .failed: Sign(named, .bad, .diamond)
        }
    }
}

extension Word {
    /// With something, and how many bytes it had.
    fileprivate func counted(_ what: any CustomStringConvertible & Sendable, _ bytes: UInt64) -> Named {
        Named(of(.chinese, what, sized(bytes, .chinese)), of(.english, what, sized(bytes, .english)))
    }
}
