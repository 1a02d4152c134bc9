import XungeCoreApi
import XungeMobile

/// More than a round of a whole beat takes; a round that needs more goes on with the next one.
private let requestsMax = 2_000

extension XungeMobile.SyncStatus {
    var own: XungeCoreApi.SyncStatus {
        XungeCoreApi.SyncStatus(
            textsUnsent: textsUnsent,
            photoFilesUnsent: photoFilesUnsent,
            failures: failures,
            setAside: setAside.map(\.own),
            comparedAt: comparedAt.map(Instant.init),
            differs: differs,
            logContradicted: logContradicted,
            photoFilesHeldBack: photoFilesHeldBack,
            baseMapProblem: baseMapProblem?.own
        )
    }
}

extension FieldApp {
    /// Runs requests over the link until the core has none left, or something stops it.
    func syncRound(
        _ link: any Link, onProgress: @Sendable (XungeCoreApi.SyncStatus) async -> Void
    ) async throws -> SyncOutcome {
        try startSync()
        for _ in 0..<requestsMax {
            guard let request = try nextRequest(), let server = try serverUrl() else { return .done }
            let answer = await link.perform(serverUrl: server, serverPin: try serverPin(), request: request.own)
            let step = try onAnswer(answer: answer.core)
            if step.revoked != nil { return .revoked }
            if let refused = step.refused { return .refused(refused.own) }
            if let wait = step.retryAfterMillis { return .later(afterMillis: wait, why: step.problem?.own) }
            await onProgress(try syncStatus().own)
        }
        return .later(afterMillis: 0, why: nil)
    }
}

extension HttpRequest {
    var own: LinkRequest { LinkRequest(method: method.name, path: path, headers: headers, body: body) }
}

extension XungeMobile.Method {
    var name: String {
        switch self {
        case .post: "POST"
        case .put: "PUT"
        case .get: "GET"
        }
    }
}

extension LinkAnswer {
    var core: HttpAnswer {
        switch self {
        case .answered(let status, let body): .answered(status: status, body: body)
        case .unreachable: .unreachable
        case .wrongCertificate: .wrongCertificate
        }
    }
}
