#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// What this person was sent for.
    struct TaskListScreen: View {
        let page: TaskListModel
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: Word.tasksTitle.of(language), field: page.field, asking: page.asking) {
                if let shown = page.shown {
                    if shown.isEmpty {
                        Said(.tasksNone)
                    } else {
                        HStack(spacing: 8) {
                            ForEach(TaskOrder.allCases, id: \.self) { order in
                                Chip(named: order.word.named, chosen: order == page.order) { page.order = order }
                            }
                        }
                        ForEach(shown, id: \.id) { task in TaskCard(page: page, task: task) }
                    }
                } else {
                    Said(.loading)
                }
            } bottom: {
                EmptyView()
            }
        }
    }

    /// A task in a list: what, where, how far and how long.
    private struct TaskCard: View {
        let page: TaskListModel
        let task: FieldTask
        @Environment(\.language) private var language

        var body: some View {
            let now = page.field.serverTime()
            let here = !task.title.isEmpty
            let place = task.place(metres: page.metres(to: task), language)
            Button(action: doing { await page.open(task) }) {
                Card {
                    Text(verbatim: here ? task.title : task.localCode).font(.headline)
                    if !here { Faint(Word.taskNotHere.of(language)) }
                    if !place.isEmpty { Faint(place) }
                    Badge(task.kind.sign)
                    Badge(task.standing(now).sign)
                    if task.waits { Text(verbatim: task.time(now: now, language)) }
                }
            }
            .buttonStyle(.plain)
            .disabled(!here)
        }
    }

    /// A task on the page of its case: what is asked, until when, and since when that counts.
    struct TaskBanner: View {
        let task: FieldTask
        let now: Instant

        var body: some View {
            let sign = task.standing(now).sign
            Banner(
                Sign(task.asked, sign.tone, sign.shape),
                more: Named(task.more(now: now, .chinese), task.more(now: now, .english)))
        }
    }
#endif
