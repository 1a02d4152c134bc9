/// Where a case 案卷 stands.
public enum CaseState: CaseIterable, Sendable {
    /// Not ruled reported yet.
    case draft
    case reported
    case verifying
    case accepted
    case filed
    case dispatched
    case disposing
    case fedBack
    case checking
    case toClose
    case closed
    case rejected
    case void
    case onHold
    case selfDone
    case selfReview
    case invalid
}

public enum Severity: CaseIterable, Sendable {
    case ordinary
    case serious
    case urgent
}
