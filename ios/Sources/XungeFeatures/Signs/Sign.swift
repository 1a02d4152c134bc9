import XungeCoreApi

/// The outlines of signs: each is told from the others without its colour.
public enum Shape: CaseIterable, Sendable {
    case dots, up, right, left, lens, half, ring, disc, square, diamond, hollowDiamond, triangle, tick, cross, minus
    case bars, phone
}

/// How a state is shown: in words, by a colour and by a shape, always all three.
public struct Sign: Hashable, Sendable {
    public let named: Named
    public let tone: Tone
    public let shape: Shape

    public init(_ named: Named, _ tone: Tone, _ shape: Shape) {
        self.named = named
        self.tone = tone
        self.shape = shape
    }
}

extension CaseState {
    public var sign: Sign {
        switch self {
        case .draft: Sign(named, .waiting, .dots)
        case .reported: Sign(named, .active, .up)
        case .verifying: Sign(named, .active, .lens)
        case .accepted: Sign(named, .active, .ring)
        case .filed: Sign(named, .active, .square)
        case .dispatched: Sign(named, .active, .right)
        case .disposing: Sign(named, .waiting, .half)
        case .fedBack: Sign(named, .active, .left)
        case .checking: Sign(named, .waiting, .lens)
        case .toClose: Sign(named, .good, .disc)
        case .closed: Sign(named, .good, .tick)
        case .rejected: Sign(named, .bad, .cross)
        case .void: Sign(named, .neutral, .cross)
        case .onHold: Sign(named, .paused, .bars)
        case .selfDone: Sign(named, .good, .diamond)
        case .selfReview: Sign(named, .waiting, .hollowDiamond)
        case .invalid: Sign(named, .bad, .minus)
        }
    }
}

extension PhotoState {
    public var sign: Sign {
        switch self {
        case .onDevice: Sign(named, .waiting, .phone)
        case .sending: Sign(named, .active, .up)
        case .received: Sign(named, .good, .tick)
        case .elsewhere: Sign(named, .neutral, .ring)
        }
    }
}

extension Delivery {
    public var sign: Sign {
        switch self {
        case .onDevice: PhotoState.onDevice.sign
        case .sending(let sent, let of): Sign(Named("上传中 \(sent)/\(of)", "Sending \(sent) of \(of)"), .active, .up)
        case .received: PhotoState.received.sign
        }
    }
}

extension CheckinState {
    public var sign: Sign {
        switch self {
        case .draft: Sign(named, .waiting, .dots)
        case .opened: Sign(named, .waiting, .ring)
        case .underWay: Sign(named, .active, .half)
        case .refused: Sign(named, .bad, .cross)
        case .closed: Sign(named, .good, .tick)
        }
    }
}

extension Severity {
    public var sign: Sign {
        switch self {
        case .ordinary: Sign(named, .neutral, .ring)
        case .serious: Sign(named, .waiting, .triangle)
        case .urgent: Sign(named, .bad, .triangle)
        }
    }
}

extension SetAsideOutcome {
    public var sign: Sign {
        switch self {
        case .declined: Sign(Word.laneDeclined.named, .bad, .cross)
        case .quarantined: Sign(Word.laneQuarantined.named, .paused, .bars)
        }
    }
}
