import Observation
import XungeCoreApi

/// A case can be touched within so many points of its mark: as large as everything that is touched.
let touchRadius = 28.0

/// The map of the beat, from what is on this device.
@MainActor
@Observable
public final class MapModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    public let tiles: MapTiles

    /// The whole beat; nothing before it was read.
    public private(set) var beat: BeatMap?

    /// What is in view; nothing while it is the whole beat.
    public private(set) var view: MapView?

    /// Where this person is.
    public private(set) var here: Fix?

    /// The case that was touched.
    public private(set) var chosen: CaseRow?

    /// Components of what is in view, where the beat has too many.
    private var near: BeatMap?
    @ObservationIgnored private var watch: (any Watch)?

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
        tiles = MapTiles(field.thread)
    }

    public var components: [MapComponent] { (near ?? beat)?.components ?? [] }

    /// How many components are in view and not drawn: one has to come closer.
    public var componentsLeftOut: UInt64 { (near ?? beat)?.componentsLeftOut ?? 0 }

    func load() async {
        if watch == nil { watch = field.platform.positions.watch { [weak self] fix in self?.here = fix } }
        if let read = await asking.ask({ try $0.map(nil) }) { beat = read }
        await tiles.load()
    }

    func leave() {
        watch?.stop()
        watch = nil
    }

    /// How a screen of that size shows what is in view; nothing where there is nothing to draw.
    public func plan(width: Double, height: Double) -> MapPlan? {
        let whole = beat?.area.map { MapView(of: $0, heightToWidth: max(height, 1) / max(width, 1)) }
        return (view ?? whole).map { MapPlan(view: $0, width: width, height: height) }
    }

    /// Shows this before anything was read.
    func begin(_ view: MapView) { self.view = view }

    /// Shows something else, and asks for its components where the beat has too many to draw.
    public func show(_ view: MapView, heightToWidth: Double) async {
        self.view = view
        if beat?.componentsLeftOut ?? 0 == 0 { return }
        let area = view.area(heightToWidth: heightToWidth)
        let found = await asking.ask { try $0.map(area) }
        // It may have moved on meanwhile.
        if let found, self.view == view { near = found }
    }

    /// Shows where this person stands.
    public func showHere(heightToWidth: Double) async {
        guard let here else { return }
        await show(MapView(middle: here.point, metresAcross: metresAcrossHere), heightToWidth: heightToWidth)
    }

    /// Touches a place of the screen: the nearest case within reach of a finger.
    public func touch(_ plan: MapPlan, x: Double, y: Double) {
        chosen = nearest(beat?.cases ?? [], to: plan.point(x: x, y: y), withinMetres: touchRadius / plan.pointsPerMetre)
    }

    /// The next case, from the nearest on: for who cannot touch a point of the map.
    public func next(heightToWidth: Double) async {
        let all = inOrder(beat?.cases ?? [], from: here?.point ?? view?.middle)
        guard let next = following(chosen, in: all), let point = next.point else { return }
        chosen = next
        await show(
            MapView(middle: point, metresAcross: view?.metresAcross ?? metresAcrossHere), heightToWidth: heightToWidth)
    }

    public func open(_ row: CaseRow) async { await field.open(.casePage(CaseModel(field, row.id))) }
}

/// The nearest of those that have a place, within so many metres.
func nearest(_ rows: [CaseRow], to place: Point, withinMetres metres: Double) -> CaseRow? {
    let near = rows.compactMap { row in row.point.map { (row: row, away: $0.distanceMetres(to: place)) } }
    return near.filter { $0.away <= metres }.min { $0.away < $1.away }?.row
}

/// Those that have a place, the nearest first; without a place to count from in the order they have.
func inOrder(_ rows: [CaseRow], from: Point?) -> [CaseRow] {
    let placed = rows.compactMap { row in row.point.map { (row: row, away: from?.distanceMetres(to: $0) ?? 0) } }
    let ordered = placed.enumerated().sorted { left, right in
        left.element.away == right.element.away ? left.offset < right.offset : left.element.away < right.element.away
    }
    return ordered.map(\.element.row)
}

/// The one behind this one; the first where this is the last, or is none of them.
func following(_ row: CaseRow?, in rows: [CaseRow]) -> CaseRow? {
    guard let at = rows.firstIndex(where: { $0.id == row?.id }), at + 1 < rows.count else { return rows.first }
    return rows[at + 1]
}
