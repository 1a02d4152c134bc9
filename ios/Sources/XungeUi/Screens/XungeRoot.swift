#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeFeatures

    /// The whole app: the page on top, in this person's language.
    public struct XungeRoot: View {
        private let field: FieldModel
        @Environment(\.scenePhase) private var phase

        public init(field: FieldModel) { self.field = field }

        public var body: some View {
            shown
                .environment(\.language, field.language)
                .task { await field.start() }
                .onChange(of: phase) { _, now in
                    Task {
                        switch now {
                        case .active: await field.foreground()
                        case .background: await field.background()
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
