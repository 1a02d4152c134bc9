import Observation
import XungeCoreApi

/// So wide the map is at first, where something says about where it is.
private let metresAcrossFirst = 200.0

/// A poor fix is shown with all of its circle, and some around it.
private let radiiAcross = 3.0

/// A place being chosen by hand: the map moves under a crosshair that stays in the middle.
@MainActor
@Observable
public final class PlaceModel {
    @ObservationIgnored public let field: FieldModel
    public let map: MapModel
    @ObservationIgnored private let chosen: @MainActor (Point) async -> Void

    /// Begins at the place that was chosen before, otherwise where the phone thinks it is; without both with the whole beat.
    init(_ field: FieldModel, from start: Point?, fix: Fix?, chosen: @escaping @MainActor (Point) async -> Void) {
        self.field = field
        self.chosen = chosen
        map = MapModel(field)
        if let start {
            map.begin(MapView(middle: start, metresAcross: metresAcrossFirst))
        } else if let fix {
            let circle = Double(fix.accuracyMetres ?? 0) * radiiAcross
            map.begin(MapView(middle: fix.point, metresAcross: max(metresAcrossFirst, circle)))
        }
    }

    /// How far the crosshair is from where the phone thinks it is; nothing where it does not know.
    public func metresAway(_ plan: MapPlan) -> Double? { map.here?.point.distanceMetres(to: plan.view.middle) }

    func load() async { await map.load() }

    func leave() { map.leave() }

    /// What is under the crosshair of a screen of that size; nothing before there is a map.
    public func place(width: Double, height: Double) -> Point? { map.plan(width: width, height: height)?.view.middle }

    /// Takes what is under the crosshair, and goes back to where it is needed.
    public func take(width: Double, height: Double) async {
        guard let point = place(width: width, height: height) else { return }
        await chosen(point)
        await field.back()
    }
}
