import XungeCoreApi
import XungeMobile

extension StepView {
    func own(_ body: (String) -> Body) -> CheckinStep {
        let (note, facts) = content.said(body)
        return CheckinStep(
            id: EntryId(id),
            name: name.own,
            author: PersonId(author),
            at: Instant(at),
            address: address,
            photos: photos.map(EntryId.init),
            note: note,
            facts: facts
        )
    }
}

extension Step {
    /// A step's words, and what it says beside them.
    fileprivate func said(_ body: (String) -> Body) -> (note: String, facts: [StepFact]) {
        switch self {
        case .talk(let note), .cause(let note), .thanks(_, let note): (note, [])
        case .survey(let note, let estimate): (note, estimate.map { [$0.own] } ?? [])
        case .scheme(let version, let note): (note, [.version(version)])
        case .consultation(_, let options, let decision, let undertaker, let cost, let promise, let minutes):
            (
                minutes,
                (options.isEmpty ? [] : [.options(options)])
                    + [.decision(decision), .undertaker(body(undertaker)), .cost(cost.own)]
                    + (promise.map { [.promise(Instant($0))] } ?? [])
            )
        case .crewEnters(let crew, let headcount, let note): (note, [.party(body(crew)), .headcount(headcount)])
        case .worksWindow(let from, let until, let note):
            (note, [.window(from: Instant(from), until: Instant(until))])
        case .dutyRota(let turns, let note): (note, turns.map { $0.own(body) })
        case .progress(let note, let percent): (note, percent.map { [.percent($0)] } ?? [])
        case .completion(let finishedAt, let quantities, let note):
            (
                note,
                [.finishedAt(Instant(finishedAt))]
                    + quantities.map { .quantity(what: $0.what, number: $0.number, unit: $0.unit) }
            )
        case .residentsAnswer(let yes, let note), .followUp(let yes, let note): (note, [.answer(yes)])
        case .agreement(let parties, let note): (note, parties.map { .party(body($0)) })
        case .arrival(let party, let note): (note, [.party(body(party))])
        }
    }
}

extension Estimated {
    fileprivate var own: StepFact {
        switch self {
        case .at(let at): .estimateAt(Instant(at))
        case .within(let limit, _): .estimateWithin(limit.own)
        }
    }
}

extension DutyTurn {
    fileprivate func own(_ body: (String) -> Body) -> StepFact {
        .turn(
            body: body(organisation), people: headcount, post: post, from: Instant(from), until: Instant(until))
    }
}
