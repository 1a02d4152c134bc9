import Foundation
import Observation
import XungeCoreApi

/// A page with what it holds. Whoever shows pages has to show each of them.
@MainActor
public enum Page {
    case enrol(EnrolModel)
    case home(HomeModel)
    case report(ReportModel)
    case caseList(CaseListModel)
    case casePage(CaseModel)
    case delivery(DeliveryModel)
    case lane(LaneModel)
    case me(MeModel)
    case checkinList(CheckinListModel)
    case checkin(CheckinModel)
    case checkinOpen(CheckinOpenModel)
    case map(MapModel)
    case place(PlaceModel)
    case journal(JournalModel)
    case taskList(TaskListModel)
    case leave(LeaveModel)
    case settings(SettingsModel)

    /// Reads what is shown; called when the page comes up, and when something changed.
    func load() async {
        switch self {
        case .enrol: break
        case .home(let page): await page.load()
        case .report(let page): await page.load()
        case .caseList(let page): await page.load()
        case .casePage(let page): await page.load()
        case .delivery(let page): await page.load()
        case .lane(let page): await page.load()
        case .me(let page): await page.load()
        case .checkinList(let page): await page.load()
        case .checkin(let page): await page.load()
        case .checkinOpen(let page): await page.load()
        case .map(let page): await page.load()
        case .place(let page): await page.load()
        case .journal(let page): page.load()
        case .taskList(let page): await page.load()
        case .leave(let page): await page.load()
        case .settings(let page): await page.load()
        }
    }

    /// Lets go of what only an open page needs.
    func leave() {
        switch self {
        case .report(let page): page.leave()
        case .taskList(let page): page.leave()
        case .checkinOpen(let page): page.leave()
        case .map(let page): page.leave()
        case .place(let page): page.leave()
        default: break
        }
    }
}

/// The app: which page is open, and what runs beside the pages.
@MainActor
@Observable
public final class FieldModel {
    @ObservationIgnored public let platform: Platform
    @ObservationIgnored let core: any FieldCore
    @ObservationIgnored let thread: CoreThread
    @ObservationIgnored let files: CoreFiles
    @ObservationIgnored private var network: (any Watch)?
    public private(set) var settings: Settings

    private var pages: [Page] = []

    /// Whose device this is.
    private var person: Person?
    public var me: PersonId? { person?.id }

    /// Check-ins are opened by branch secretaries.
    public var mayOpenCheckin: Bool { person?.roles.contains(.branchSecretary) == true }

    /// What kept the core from saying whose device this is.
    public private(set) var problem: Problem?

    public private(set) var syncing: SyncWork!

    /// How far the server's clock is ahead of this device's.
    private var aheadMillis: Int64 = 0

    /// `language` is the phone's: it holds until this person chose one.
    public init(core: any FieldCore, platform: Platform, language: Language) {
        self.core = core
        self.platform = platform
        settings = platform.settings.read() ?? Settings(language: language)
        thread = CoreThread(core)
        files = CoreFiles(thread)
        syncing = SyncWork(self)
    }

    public var language: Language { settings.language }

    /// Holds at once and for the next start.
    func change(_ settings: Settings) {
        self.settings = settings
        platform.settings.write(settings)
    }

    /// By the server's clock, as far as it is known here: what is due is due by that, and a phone may be set wrong.
    public func serverTime() -> Instant { Instant(platform.now().millis + aheadMillis) }

    private func readServerTime() async {
        guard let server = try? await thread.run({ try $0.serverTime() }) else { return }
        aheadMillis = server.millis - platform.now().millis
    }

    /// The page on top; nothing before the core said whose device this is.
    public var page: Page? { pages.last }

    /// Whether there is a page under this one.
    public var canGoBack: Bool { pages.count > 1 }

    public func start() async {
        if network == nil { network = platform.network.watch { [weak self] in await self?.networkChanged() } }
        do {
            try await files.screen(true)
            if let person = try await thread.run({ try $0.me() })?.person {
                await enrolled(person)
            } else {
                await show(.enrol(EnrolModel(self)))
            }
        } catch {
            problem = Problem.of(error)
        }
    }

    /// Somebody's device from here on: home, and what waits there.
    func enrolled(_ person: Person) async {
        self.person = person
        await show(.home(HomeModel(self)))
        syncing.start()
    }

    /// Opens a page over the others.
    public func open(_ page: Page) async {
        pages.append(page)
        await readServerTime()
        await page.load()
    }

    public func back() async {
        if !canGoBack { return }
        pages.removeLast().leave()
        await changed()
    }

    /// Shows one of the first pages, with nothing under it.
    public func show(_ page: Page) async {
        pages.forEach { $0.leave() }
        pages = []
        await open(page)
    }

    public func showHome() async { await show(.home(HomeModel(self))) }

    public func showCases() async { await show(.caseList(CaseListModel(self))) }

    public func showCheckins() async { await show(.checkinList(CheckinListModel(self))) }

    public func showMe() async { await show(.me(MeModel(self))) }

    /// Something changed under the page that is open.
    public func changed() async {
        await readServerTime()
        await page?.load()
    }

    /// The app came to the front: opens the files again, and the moment to send.
    public func foreground() async {
        do {
            try await files.screen(true)
        } catch {
            problem = Problem.of(error)
            return
        }
        await changed()
        if me != nil { syncing.start() }
    }

    /// The app goes to the background: closes the files before the system freezes it, once the round that runs has ended.
    public func background() async {
        do {
            try await files.screen(false)
        } catch {
            problem = Problem.of(error)
        }
        await syncing.settled()
    }

    /// A network came, or another one: the moment to send.
    private func networkChanged() async {
        let metered = platform.network.metered
        do {
            try await thread.run { try $0.setMetered(metered) }
        } catch {
            problem = Problem.of(error)
        }
        await changed()
        if me != nil { syncing.start() }
    }

    /// A round that the phone granted in the background. A hint only: the journal says whether it ever happened. Answers whether
    /// another one is worth asking for soon.
    public func backgroundRound() async -> Bool {
        platform.journal.began()
        syncing.start()
        await syncing.settled()
        platform.journal.ended(syncing.note)
        return syncing.note != SyncWork.doneNote
    }

    /// The phone wants the process to rest before the round has ended.
    public func stopBackgroundRound() {
        platform.journal.ended("stopped")
        syncing.stop()
    }

    /// The bytes of a photo; nothing where it is not on this device: a picture stays a blank then.
    public func photo(_ hash: PhotoHash) async -> Data? { try? await thread.run { try $0.photo(hash) } }
}
