import XCTest
import XungeCoreApi

@testable import XungeFeatures

@MainActor
final class BackgroundTests: XCTestCase, @unchecked Sendable {
    private let core = FakeCore()
    private let phone = FakePlatform()
    private lazy var field = FieldModel(core: core, platform: phone.platform(), language: .chinese)
    private let hour: Int64 = 3_600_000

    func testTheJournalSaysWhetherItEverRanOverKills() async {
        XCTAssertEqual(phone.journal().standing, .notScheduled)
        phone.journal().scheduled()
        later(1)
        phone.journal().scheduled()
        XCTAssertEqual(phone.journal().standing, .neverRan(scheduledAt: Samples.now), "the first time counts")
        phone.journal().began()
        let began = phone.now
        XCTAssertEqual(phone.journal().standing, .ran(times: 1, last: run(began, nil, nil)), "killed, it has begun all the same")
        later(1)
        phone.journal().ended("stopped")
        phone.journal().ended("done")
        XCTAssertEqual(phone.journal().standing, .ran(times: 1, last: run(began, phone.now, "stopped")), "its first end counts")
        phone.kept.write(Data("no journal".utf8))
        XCTAssertEqual(phone.journal().standing, .notScheduled)
    }

    func testWhatItComesToInWords() async {
        let now = Samples.now
        let (minutes, days) = (Instant(now.millis - hour / 4), Instant(now.millis - 30 * hour))
        let standings: [(BackgroundStanding, BackgroundSaid)] = [
            (.notScheduled, .notScheduled), (.neverRan(scheduledAt: minutes), .waiting), (.neverRan(scheduledAt: days), .neverRan),
            (.ran(times: 1, last: run(Instant(now.millis - 60_000), nil, nil)), .running),
            (.ran(times: 1, last: run(minutes, nil, nil)), .killed), (.ran(times: 2, last: run(days, days, "done")), .silent),
            (.ran(times: 3, last: run(minutes, minutes, "later")), .runs),
        ]
        XCTAssertEqual(standings.map { $0.0.said(now) }, standings.map(\.1))
        XCTAssertEqual(standings.map(\.1), BackgroundSaid.allCases, "each of them is said")
        distinct(standings.map { $0.0.text(now) })
        XCTAssertEqual(standings.filter { $0.1.hindered }.map(\.1), [.notScheduled, .neverRan, .killed, .silent])
        XCTAssertEqual(standings[6].0.text(now).zh, "运行正常，上次 15 分钟前，共 3 次")
    }

    func testARoundInTheBackgroundIsNotedAndLeavesNoFileOpen() async {
        await field.start()
        await field.syncing.settled()
        await field.background()
        XCTAssertTrue(core.with { $0.suspended })
        let more = await field.backgroundRound()
        XCTAssertFalse(more)
        XCTAssertEqual(core.with { $0.rounds }, 2)
        XCTAssertTrue(core.with { $0.suspended })
        XCTAssertNil(field.syncing.problem)
        guard case .ran(1, let last) = phone.journal().standing else { return XCTFail("\(phone.journal().standing)") }
        XCTAssertEqual(last.outcome, "done")
        core.with { $0.outcome = .refused(Reason(code: "device_unknown", zh: "不认识", en: "unknown")) }
        let again = await field.backgroundRound()
        XCTAssertTrue(again)
        guard case .ran(2, let second) = phone.journal().standing else { return XCTFail("\(phone.journal().standing)") }
        XCTAssertEqual(second.outcome, "device_unknown")
    }

    func testARoundThatThePhoneStopsReachesNobodyAnyMoreAndIsNotTriedAgain() async {
        await field.start()
        await field.syncing.settled()
        await phone.link.hold()
        core.with { $0.outcome = .later(afterMillis: 1_000, why: nil) }
        let round = Task { await field.backgroundRound() }
        await phone.link.arrived()
        field.stopBackgroundRound()
        field.syncing.sendEverything()
        field.syncing.stop()
        await phone.link.letGo()
        _ = await round.value
        XCTAssertEqual(core.with { $0.rounds }, 2, "what was asked for meanwhile does not follow")
        XCTAssertEqual(phone.later.count, 0)
        guard case .ran(1, let last) = phone.journal().standing else { return XCTFail("\(phone.journal().standing)") }
        XCTAssertEqual(last.outcome, "stopped")
        let stopped = StoppableLink(phone.link)
        stopped.stop()
        let answer = await stopped.perform(
            serverUrl: "", serverPin: nil, request: LinkRequest(method: "GET", path: "/", headers: [:], body: Data()))
        XCTAssertEqual(answer, .unreachable)
    }

    func testFilesStayOpenWhileARoundOutlivesTheScreenAndCloseBehindIt() async throws {
        await field.start()
        await field.syncing.settled()
        await phone.link.hold()
        field.syncing.start()
        await phone.link.arrived()
        try await field.files.screen(false)
        XCTAssertFalse(core.with { $0.suspended }, "the round needs them")
        await phone.link.letGo()
        await field.background()
        XCTAssertTrue(core.with { $0.suspended })
        await field.foreground()
        await field.syncing.settled()
        XCTAssertFalse(core.with { $0.suspended })
    }

    func testAMeteredLinkHoldsOriginalsBackUnlessTheWorkerSendsAllThisOnce() async {
        await field.start()
        await field.syncing.settled()
        core.with { $0.beat.metered = [] }
        await phone.network.becomes(metered: true)
        await field.syncing.settled()
        XCTAssertEqual(core.with { $0.beat.metered }, [true, true], "said at once, and before the round")
        core.with { state in
            state.beat.metered = []
            state.status.photoFilesHeldBack = 4
        }
        let page = DeliveryModel(field)
        await field.open(.delivery(page))
        XCTAssertEqual(page.status?.photoFilesHeldBack, 4)
        page.sendEverything()
        await field.syncing.settled()
        page.sendNow()
        await field.syncing.settled()
        XCTAssertEqual(core.with { $0.beat.metered }, [false, true, true], "for one round alone")
    }

    func testTheLogKeepsTheLastLinesTheNewestFirstAndThePageShowsThem() async {
        for number in 1...450 { phone.log.happened(.asked(route: "/api/sync/push", bytes: UInt64(number))) }
        let page = JournalModel(field)
        await field.open(.journal(page))
        XCTAssertEqual(page.lines.count, 400)
        XCTAssertEqual(page.lines.first?.event, .asked(route: "/api/sync/push", bytes: 450))
        XCTAssertEqual(page.lines.first?.number, 450)
        XCTAssertEqual(page.standing, .notScheduled)
    }

    func testEveryEventHasWordsAColourAndAShapeOfItsOwn() async {
        let events: [CoreEvent] = [
            .opened, .suspended, .resumed, .wiped, .shutDown, .asked(route: "/api/sync/push", bytes: 3_400),
            .answered(status: 200, bytes: 812), .unreachable, .wrongCertificate, .waits(millis: 30_000, code: "no_network"),
            .refused(code: "device_unknown"), .revoked, .failed(code: "store_full"),
        ]
        apart(events.map(\.sign))
        XCTAssertEqual(events[5].named.zh, "送出 /api/sync/push，3 KB")
        XCTAssertEqual(events[9].named.en, "Next try in 30 s (no_network)")
        XCTAssertEqual(events[6].named.zh, "收到答复 200，812 字节")
    }

    private func later(_ hours: Int64) { phone.now = Instant(phone.now.millis + hours * hour) }

    private func run(_ began: Instant, _ ended: Instant?, _ outcome: String?) -> BackgroundRun {
        BackgroundRun(beganAt: began, endedAt: ended, outcome: outcome)
    }
}
