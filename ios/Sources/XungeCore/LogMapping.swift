import XungeCoreApi
import XungeMobile

/// A log as the core calls it.
final class Logging: LogSink {
    private let log: any CoreLog

    init(_ log: any CoreLog) { self.log = log }

    func happened(event: LogEvent) throws { log.happened(event.own) }
}

extension LogEvent {
    var own: CoreEvent {
        switch self {
        case .opened: .opened
        case .suspended: .suspended
        case .resumed: .resumed
        case .wiped: .wiped
        case .shutDown: .shutDown
        case .asked(let route, let bytes): .asked(route: route, bytes: bytes)
        case .answered(let status, let bytes): .answered(status: status, bytes: bytes)
        case .unreachable: .unreachable
        case .wrongCertificate: .wrongCertificate
        case .waits(let millis, let code): .waits(millis: millis, code: code)
        case .refused(let code): .refused(code: code)
        case .revoked: .revoked
        case .failed(let code): .failed(code: code)
        }
    }
}
