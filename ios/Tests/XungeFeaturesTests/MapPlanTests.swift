import XCTest
import XungeCoreApi

@testable import XungeFeatures

final class MapPlanTests: XCTestCase {
    func testAPlaceSoManyMetresAwayIsSoFar() {
        let away = Samples.corner.moved(east: 300, north: -400)
        XCTAssertEqual(away.distanceMetres(to: Samples.corner), 500, accuracy: 0.5)
        XCTAssertEqual(away.metres(from: Samples.corner).east, 300, accuracy: 0.5)
        XCTAssertEqual(away.metres(from: Samples.corner).north, -400, accuracy: 0.5)
        let pole = Point(longitudeE7: 0, latitudeE7: 900_000_000)
        XCTAssertEqual(pole.moved(east: .infinity, north: .nan).latitudeE7, 0, "what is no number ends nothing")
    }

    func testWhatIsDrawnSomewhereIsTouchedThere() {
        let plan = MapPlan(view: MapView(middle: Samples.corner, metresAcross: 400), width: 390, height: 700)
        let place = BeatSamples.east(70, north: -31)
        let (x, y) = plan.place(place)
        XCTAssertEqual(plan.point(x: x, y: y).distanceMetres(to: place), 0, accuracy: 0.05)
        XCTAssertGreaterThan(x, 195, "east is right")
        XCTAssertGreaterThan(y, 350, "south is below")
        XCTAssertEqual(plan.place(plan.area.southWest).x, 0, accuracy: 0.05)
        XCTAssertEqual(plan.place(plan.area.southWest).y, 700, accuracy: 0.05)
    }

    func testTheMapFollowsTheFingerAndWhatIsBetweenTwoFingersStaysThere() {
        let plan = MapPlan(view: MapView(middle: Samples.corner, metresAcross: 400), width: 400, height: 800)
        let held = plan.point(x: 100, y: 200)
        let dragged = MapPlan(view: plan.dragged(x: 30, y: -50), width: 400, height: 800)
        XCTAssertEqual(dragged.place(held).x, 130, accuracy: 0.1)
        XCTAssertEqual(dragged.place(held).y, 150, accuracy: 0.1)
        let pinched = MapPlan(view: plan.pinched(2, x: 100, y: 200), width: 400, height: 800)
        XCTAssertEqual(pinched.view.metresAcross, 200)
        XCTAssertEqual(pinched.place(held).x, 100, accuracy: 0.1)
        XCTAssertEqual(pinched.place(held).y, 200, accuracy: 0.1)
        XCTAssertEqual(plan.pinched(0, x: 1, y: 1), plan.view)
        XCTAssertEqual(plan.view.zoomed(1e9).metresAcross, 40)
        XCTAssertEqual(plan.view.zoomed(1e-9).metresAcross, 100_000)
    }

    func testOnlyTheLastPicturesAreKept() {
        var recent = Recent<Int, String>(max: 3)
        for number in 1...3 { recent.keep(number, "\(number)") }
        XCTAssertEqual(recent.use(1), "1")
        recent.keep(4, "4")
        XCTAssertEqual(recent.count, 3)
        XCTAssertNil(recent.use(2), "used longest ago")
        XCTAssertEqual(recent.use(1), "1")
        recent.keep(1, "anew")
        XCTAssertEqual(recent.use(1), "anew")
        XCTAssertEqual(recent.count, 3)
    }

    func testTheMapMovesByNameForWhoCannotDrag() {
        let view = MapView(middle: Samples.corner, metresAcross: 400)
        let moved = Way.allCases.map { view.stepped($0).middle.metres(from: Samples.corner) }
        for (at, expected) in [(0, 50), (0, -50), (50, 0), (-50, 0)].enumerated() {
            XCTAssertEqual(moved[at].east, Double(expected.0), accuracy: 0.1)
            XCTAssertEqual(moved[at].north, Double(expected.1), accuracy: 0.1)
        }
        distinct(Way.allCases.map(\.word.named))
    }

    func testHowMuchOfTheBaseMapIsHereIsSaid() {
        let part = BaseMap(title: "", attribution: "", bytes: 8_400_000, bytesHere: 3_100_000, zoomMin: 12, zoomMax: 18)
        XCTAssertEqual(part.said(metered: true).zh, "底图 3.1/8.4 MB，等待无线网络")
        XCTAssertEqual(part.said(metered: false).en, "Base map 3.1 of 8.4 MB, goes on with each sync")
        XCTAssertEqual(BeatSamples.base.said(metered: true).zh, "底图已在本机，8.4 MB")
    }
}
