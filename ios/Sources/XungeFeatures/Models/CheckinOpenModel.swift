import Observation
import XungeCoreApi

/// How a check-in can come to be on site. A whistle with its calls, and one from the list of projects, are written at a desk.
public let onSiteInitiations: [Initiation] = [.visit, .joint, .coBuilding]

/// The two sides of a check-in.
public enum Side: CaseIterable, Sendable {
    case visiting
    case hosts
}

/// The place is the most exact of the last fixes.
private let fixesMax = 16

/// A check-in being opened: about a case, or about the place where one stands.
@MainActor
@Observable
public final class CheckinOpenModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking

    /// The case it is about; nothing where it is about a place.
    public let about: DocumentId?
    public var title: String
    public var address = ""
    public var initiation = Initiation.visit
    public private(set) var bodies: [Body] = []
    private var picked: [Side: [OrganisationId]] = [:]

    /// The side whose parties are being picked; nothing while none are.
    public private(set) var picking: Side?

    /// What a body is looked for by.
    public var wanted = ""
    private var fixes: [Fix] = []
    @ObservationIgnored private var watch: (any Watch)?

    init(_ field: FieldModel, about: DocumentId? = nil, title: String = "") {
        self.field = field
        self.about = about
        self.title = title
        asking = Asking(field.thread)
    }

    public var position: PositionSaid { PositionSaid(fixes.best) }

    public var found: [Body] {
        let text = wanted.trimmed
        return text.isEmpty ? bodies : bodies.filter { $0.name.contains(text) }
    }

    public var ready: Bool {
        !asking.busy && !title.trimmed.isEmpty && Side.allCases.allSatisfy { !parties($0).isEmpty }
            && (about != nil || !address.trimmed.isEmpty)
    }

    func load() async {
        if about == nil && watch == nil {
            watch = field.platform.positions.watch { [weak self] fix in self?.stands(fix) }
        }
        if let all = await asking.ask({ try $0.bodies() }) { bodies = all }
    }

    func leave() {
        watch?.stop()
        watch = nil
    }

    /// Shows the bodies to pick from; with nothing the form.
    public func pickFor(_ side: Side?) {
        picking = side
        wanted = ""
    }

    public func parties(_ side: Side) -> [OrganisationId] { picked[side] ?? [] }

    /// Puts a body on a side, or takes it off.
    public func pick(_ side: Side, _ body: OrganisationId) {
        let parties = parties(side)
        picked[side] = parties.contains(body) ? parties.filter { $0 != body } : parties + [body]
    }

    public func nameOf(_ body: OrganisationId) -> String { bodies.first { $0.id == body }?.name ?? body.text }

    public func open() async {
        if !ready { return }
        let subject = about.map(Subject.case) ?? .place(address: address.trimmed, point: fixes.best?.point)
        let checkin = NewCheckin(
            title: title.trimmed, initiation: initiation, subject: subject, visiting: parties(.visiting),
            hosts: parties(.hosts))
        guard let id = await asking.askOnce({ try $0.openCheckin(checkin) }) else { return }
        leave()
        await field.showCheckins()
        await field.open(.checkin(CheckinModel(field, id)))
        field.syncing.start()
    }

    private func stands(_ fix: Fix) { fixes = (fixes + [fix]).suffix(fixesMax) }
}
