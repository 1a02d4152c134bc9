import XungeCoreApi

/// A fix within so many metres is good enough not to ask about it.
private let goodMetres: UInt32 = 30

/// How good a position is.
public enum PositionSaid: Equatable, Sendable {
    case waiting
    case good(metres: UInt32)
    case weak(metres: UInt32)
    case unsaid

    init(_ best: Fix?) {
        switch best?.accuracyMetres {
        case nil: self = best == nil ? .waiting : .unsaid
        case let metres? where metres <= goodMetres: self = .good(metres: metres)
        case let metres?: self = .weak(metres: metres)
        }
    }
}
