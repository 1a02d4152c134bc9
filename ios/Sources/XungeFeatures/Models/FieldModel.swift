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
        }
    }

    /// Lets go of what only an open page needs.
    func leave() {
        if case .report(let page) = self { page.leave() }
    }
}

/// The app: which page is open, and what runs beside the pages.
@MainActor
@Observable
public final class FieldModel {
    @ObservationIgnored public let platform: Platform
    @ObservationIgnored let core: any FieldCore
    @ObservationIgnored let thread: CoreThread
    public let language: Language

    private var pages: [Page] = []

    /// Whose device this is.
    public private(set) var me: PersonId?

    /// What kept the core from saying whose device this is.
    public private(set) var problem: Problem?

    public private(set) var syncing: SyncWork!

    public init(core: any FieldCore, platform: Platform, language: Language) {
        self.core = core
        self.platform = platform
        self.language = language
        thread = CoreThread(core)
        syncing = SyncWork(self)
    }

    /// The page on top; nothing before the core said whose device this is.
    public var page: Page? { pages.last }

    /// Whether there is a page under this one.
    public var canGoBack: Bool { pages.count > 1 }

    public func start() async {
        do {
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
        me = person.id
        await show(.home(HomeModel(self)))
        syncing.start()
    }

    /// Opens a page over the others.
    public func open(_ page: Page) async {
        pages.append(page)
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

    public func showMe() async { await show(.me(MeModel(self))) }

    /// Something changed under the page that is open.
    public func changed() async { await page?.load() }

    /// The app came to the front: opens the files again, and the moment to send.
    public func foreground() async {
        do {
            try await thread.run { try $0.resume() }
        } catch {
            problem = Problem.of(error)
            return
        }
        await changed()
        if me != nil { syncing.start() }
    }

    /// The app goes to the background: closes the files before the system freezes it.
    public func background() async {
        do {
            try await thread.run { try $0.suspend() }
        } catch {
            problem = Problem.of(error)
        }
    }

    /// The bytes of a photo; nothing where it is not on this device: a picture stays a blank then.
    public func photo(_ hash: PhotoHash) async -> Data? { try? await thread.run { try $0.photo(hash) } }
}
