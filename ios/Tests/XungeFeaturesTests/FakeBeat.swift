import Foundation
import XungeCoreApi

/// What the fake core holds of check-ins, the map and the link's price.
struct FakeBeat {
    var checkins = BeatSamples.checkins
    var pages = BeatSamples.pages
    var steps: [WrittenStep] = []
    var opened: [NewCheckin] = []
    var answers: [String] = []
    var map = BeatSamples.map
    /// What was asked for; nothing is the whole beat.
    var mapped: [Bounds?] = []
    var base: BaseMap?
    var tilesAsked: [UInt32] = []
    /// What was said of the link's price, in order.
    var metered: [Bool] = []
}

extension FakeCore {
    func checkins(after: PageEnd?, limit: UInt32) throws -> [CheckinRow] {
        with { state in
            let rows = state.beat.checkins
            let from = after.flatMap { end in rows.firstIndex { $0.id == end.id } }.map { $0 + 1 } ?? 0
            return Array(rows.dropFirst(from).prefix(Int(limit)))
        }
    }

    func checkin(_ id: DocumentId) throws -> CheckinPage {
        try with { state in
            guard let page = state.beat.pages[id] else { throw Self.problem("not_found", .notFound) }
            return page
        }
    }

    func writeStep(_ step: WrittenStep) throws {
        with { state in
            state.beat.steps.append(step)
            state.beat.pages[step.checkin]?.steps.append(
                CheckinStep(
                    id: EntryId("written \(state.beat.steps.count)"), name: step.kind.name, author: state.person.id,
                    at: Samples.now, note: step.note))
        }
    }

    func openCheckin(_ checkin: NewCheckin) throws -> DocumentId {
        with { $0.beat.opened.append(checkin) }
        return DocumentId("checkin 2")
    }

    func answerCheckin(_ id: DocumentId, for party: OrganisationId, accepts: Bool, note: String) throws {
        try with { state in
            if party != BeatSamples.bodies[0].id { throw Self.problem("not_party") }
            state.beat.answers.append("\(party.text) \(accepts) \(note)")
            state.beat.pages[id]?.mayAnswer = false
        }
    }

    func map(_ area: Bounds?) throws -> BeatMap {
        with { state in
            state.beat.mapped.append(area)
            return state.beat.map
        }
    }

    func baseMap() throws -> BaseMap? { with { $0.beat.base } }

    func baseMapTiles(_ area: Bounds, pixelsAcross: UInt32) throws -> [BaseMapTile] {
        with { $0.beat.tilesAsked.append(pixelsAcross) }
        return [BaseMapTile(zoom: 17, column: 1, row: 2, area: area)]
    }

    func picture(_ tile: BaseMapTile) throws -> Data? { Data([tile.zoom]) }

    func setMetered(_ metered: Bool) throws { with { $0.beat.metered.append(metered) } }
}
