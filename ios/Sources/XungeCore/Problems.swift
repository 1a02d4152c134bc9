import XungeCoreApi
import XungeMobile

/// Runs a call of the core; a failure becomes one of ours.
func asked<Answer>(_ work: () throws -> Answer) throws -> Answer {
    do {
        return try work()
    } catch let failure as FieldError {
        throw failure.own
    }
}

extension FieldError {
    var own: Problem {
        switch self {
        case .Failed(let code, let zh, let en): Problem(kind: kindOfProblem(code), code: code, zh: zh, en: en)
        }
    }
}

private let linkCodes: Set = ["no_network", "wrong_certificate", "foreign_answer", "link_cut", "server_trouble"]

/// The kind of a problem by its code. A code of later versions is a refusal with its own words.
func kindOfProblem(_ code: String) -> ProblemKind {
    switch code {
    case "not_enrolled": .notEnrolled
    case "device_key": .key
    case _ where code.hasPrefix("store_key"): .key
    case "store_not_found", "not_found", "blob_missing": .notFound
    case "blob_damaged", "shut_down": .store
    case _ where code.hasPrefix("store_"): .store
    case _ where linkCodes.contains(code): .link
    // Missing is a rule of the case; the others are about the file.
    case "photo_missing": .declined
    case _ where code.hasPrefix("photo_"): .photo
    default: .declined
    }
}
