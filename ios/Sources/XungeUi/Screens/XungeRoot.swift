#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeFeatures

    /// The whole app: the page on top, in this person's language.
    public struct XungeRoot: View {
        private let field: FieldModel
        private let onBackground: @MainActor () async -> Void
        @Environment(\.scenePhase) private var phase

        /// `onBackground` closes the files, with the time that the phone gives for it.
        public init(field: FieldModel, onBackground: @escaping @MainActor () async -> Void) {
            self.field = field
            self.onBackground = onBackground
        }

        public var body: some View {
            shown
                .environment(\.language, field.language)
                .modifier(Looks(settings: field.settings))
                .task {
                    await field.start()
                    // The phone may have begun the process for its own sake, with no screen to follow.
                    if phase == .background { await onBackground() }
                }
                .onChange(of: phase) { _, now in
                    Task {
                        switch now {
                        case .active: await field.foreground()
                        case .background: await onBackground()
                        default: break
                        }
                    }
                }
        }

        @ViewBuilder private var shown: some View {
            switch field.page {
            case nil: StartScreen(field: field)
            case .enrol(let page): EnrolScreen(page: page)
            case .home(let page): HomeScreen(page: page)
            case .report(let page): ReportScreen(page: page)
            case .caseList(let page): CaseListScreen(page: page)
            case .casePage(let page): CaseScreen(page: page)
            case .delivery(let page): DeliveryScreen(page: page)
            case .lane(let page): LaneScreen(page: page)
            case .me(let page): MeScreen(page: page)
            case .checkinList(let page): CheckinListScreen(page: page)
            case .checkin(let page): CheckinScreen(page: page)
            case .checkinOpen(let page): CheckinOpenScreen(page: page)
            case .map(let page): MapScreen(page: page)
            case .place(let page): PlaceScreen(page: page)
            case .journal(let page): JournalScreen(page: page)
            case .taskList(let page): TaskListScreen(page: page)
            case .leave(let page): LeaveScreen(page: page)
            case .settings(let page): SettingsScreen(page: page)
            }
        }
    }

    /// Before the core said whose device this is; what keeps it from that is said here.
    private struct StartScreen: View {
        let field: FieldModel

        var body: some View {
            PageFrame(title: Word.appName.of(field.language), field: field, asking: nil) {
                if let problem = field.problem { Banner(Sign(problem.named, .bad, .cross)) }
            } bottom: {
                EmptyView()
            }
        }
    }
#endif
