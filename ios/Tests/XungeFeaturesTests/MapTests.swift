import XCTest
import XungeCoreApi

@testable import XungeFeatures

@MainActor
final class MapTests: XCTestCase, @unchecked Sendable {
    private let core = FakeCore()
    private let phone = FakePlatform()
    private lazy var field = FieldModel(core: core, platform: phone.platform(), language: .chinese)

    func testTheMapShowsAllOfTheBeatAndFindsWhatIsTouched() async throws {
        let page = await opened()
        XCTAssertEqual(core.with { $0.beat.mapped }, [nil])
        let whole = try XCTUnwrap(page.plan(width: 400, height: 400))
        XCTAssertEqual(whole.view.metresAcross, 648, accuracy: 20)
        XCTAssertLessThan(whole.view.middle.distanceMetres(to: Samples.corner), 1)
        let second = try XCTUnwrap(page.beat?.cases[1])
        let (x, y) = whole.place(try XCTUnwrap(second.point))
        page.touch(whole, x: x + 20, y: y - 19)
        XCTAssertEqual(page.chosen, second, "within reach of a finger")
        page.touch(whole, x: x + 20, y: y - 21)
        XCTAssertNil(page.chosen, "and not beyond")
        await page.show(whole.view.zoomed(1.6), heightToWidth: 1.5)
        XCTAssertEqual(core.with { $0.beat.mapped }, [nil], "all components are here already")
    }

    func testWhoCannotTouchAPointWalksThroughTheCasesFromTheNearestOn() async {
        let page = await opened()
        await phone.positions.say(metres: 8)
        var walked: [String] = []
        for _ in 0..<4 {
            await page.next(heightToWidth: 1)
            walked.append(page.chosen?.id.text ?? "")
            XCTAssertEqual(page.view?.middle, page.chosen?.point)
        }
        XCTAssertEqual(walked, ["case 1", "case 2", "case 4", "case 1"], "one without a place is on no map")
        await page.showHere(heightToWidth: 1)
        XCTAssertEqual(page.view?.middle, Samples.corner)
        await field.start()
        XCTAssertEqual(phone.positions.watchers.count, 0)
        await field.syncing.settled()
    }

    func testOfTooManyComponentsThoseInViewAreAskedFor() async {
        core.with { state in
            state.beat.map.components = []
            state.beat.map.componentsLeftOut = 9_000
        }
        let page = await opened()
        XCTAssertEqual(page.componentsLeftOut, 9_000)
        core.with { $0.beat.map = BeatSamples.map }
        let view = MapView(middle: Samples.corner, metresAcross: 200)
        await page.show(view, heightToWidth: 2)
        XCTAssertEqual(core.with { $0.beat.mapped.last }, view.area(heightToWidth: 2))
        XCTAssertEqual(page.componentsLeftOut, 0)
        XCTAssertEqual(page.components.count, 1)
    }

    func testTheBaseMapIsDrawnOnceAllOfItIsHereAndSaysWhoseItIs() async {
        let page = await opened()
        await page.tiles.look(area, pixelsAcross: 1_170)
        XCTAssertEqual(page.tiles.shown, [], "there is none")
        XCTAssertNil(page.tiles.attribution)
        core.with { state in
            state.beat.base = BaseMap(
                title: "底图", attribution: "审图号", bytes: 8_400_000, bytesHere: 3_100_000, zoomMin: 12, zoomMax: 18)
        }
        await field.changed()
        await page.tiles.look(area, pixelsAcross: 1_170)
        XCTAssertEqual(page.tiles.shown, [], "a part of it is none")
        core.with { $0.beat.base = BeatSamples.base }
        await field.changed()
        await page.tiles.look(area, pixelsAcross: 1_170)
        XCTAssertEqual(core.with { $0.beat.tilesAsked }, [1_170])
        XCTAssertEqual(page.tiles.attribution, "审图号：GS(2025)0000号")
        let bytes = await page.tiles.picture(page.tiles.shown[0])
        XCTAssertEqual(bytes, Data([17]))
    }

    func testThePlaceOfAReportIsChosenUnderTheCrosshair() async throws {
        await field.start()
        await field.syncing.settled()
        guard case .home(let home) = field.page else { return XCTFail("\(String(describing: field.page))") }
        await home.shoot()
        guard case .report(let report) = field.page else { return XCTFail("\(String(describing: field.page))") }
        await phone.positions.say(metres: 80)
        XCTAssertNil(report.draft.point, "a fix is no choice")
        await report.chooseOnMap()
        guard case .place(let page) = field.page else { return XCTFail("\(String(describing: field.page))") }
        XCTAssertEqual(page.place(width: 400, height: 600), Samples.corner, "from the best fix on")
        let plan = try XCTUnwrap(page.map.plan(width: 400, height: 600))
        XCTAssertEqual(plan.view.metresAcross, 240, "all of a poor fix's circle")
        XCTAssertNil(page.metresAway(plan))
        await phone.positions.say(metres: 70)
        XCTAssertEqual(page.metresAway(plan) ?? -1, 0, accuracy: 0.1)
        await page.map.show(plan.dragged(x: -40, y: 0), heightToWidth: plan.heightToWidth)
        await page.take(width: 400, height: 600)
        guard case .report = field.page else { return XCTFail("\(String(describing: field.page))") }
        let chosen = try XCTUnwrap(core.with { $0.drafts[0].point })
        XCTAssertEqual(chosen.metres(from: Samples.corner).east, 24, accuracy: 0.5)
        await phone.positions.say(metres: 5)
        XCTAssertEqual(core.with { $0.drafts[0].point }, chosen, "a fix does not undo it")
        XCTAssertEqual(phone.positions.watchers.count, 1, "only the report still watches")
        await report.place(at: nil)
        XCTAssertNil(core.with { $0.drafts[0].point })
    }

    private let area = Bounds(southWest: BeatSamples.east(-50), northEast: BeatSamples.east(50, north: 50))

    private func opened() async -> MapModel {
        let page = MapModel(field)
        await field.open(.map(page))
        return page
    }
}
