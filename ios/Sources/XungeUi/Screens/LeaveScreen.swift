#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// 请假.
    struct LeaveScreen: View {
        let page: LeaveModel
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: Word.leaveTitle.of(language), field: page.field, asking: page.asking) {
                Said(.leaveWhy)
                if let form = page.form { FormOfLeave(page: page, form: form) }
                if let leaves = page.leaves {
                    if leaves.isEmpty { Said(.leaveNone) }
                    ForEach(leaves, id: \.id) { leave in LeaveCard(page: page, leave: leave) }
                } else {
                    Said(.loading)
                }
            } bottom: {
                if page.form == nil {
                    StrongButton(Word.leaveSay.named, icon: "calendar") { page.begin() }
                } else {
                    HStack(spacing: 8) {
                        SoftButton(Word.cancel.named) { page.cancel() }
                        StrongButton(Word.leaveGo.named, enabled: !page.asking.busy, height: touchMin, page.submit)
                    }
                }
            }
        }
    }

    /// A leave being said, in whole days.
    private struct FormOfLeave: View {
        let page: LeaveModel
        let form: LeaveForm

        var body: some View {
            Card {
                DayRow(name: .leaveFirst, day: form.first) { page.moveFirst($0) }
                if form.first == Day(page.field.serverTime()) { Said(.leaveFromNow) }
                DayRow(name: .leaveLast, day: form.last) { page.moveLast($0) }
                Field(.leaveWords, form.words) { page.say($0) }
            }
        }
    }

    /// A day, and the ones beside it to be touched.
    private struct DayRow: View {
        let name: Word
        let day: Day
        let move: @MainActor (Int) -> Void
        @Environment(\.language) private var language

        var body: some View {
            HStack(spacing: 8) {
                step("minus", .leaveEarlier, -1)
                VStack {
                    Faint(name.of(language))
                    Text(verbatim: day.named(language)).font(.headline)
                }
                .frame(maxWidth: .infinity)
                .accessibilityElement(children: .combine)
                step("plus", .leaveLater, 1)
            }
        }

        private func step(_ icon: String, _ says: Word, _ days: Int) -> some View {
            Button { move(days) } label: {
                Image(systemName: icon).frame(width: touchMin, height: touchMin)
            }
            .accessibilityLabel(Text(verbatim: says.of(language, name.of(language))))
        }
    }

    /// A leave: from when until when, what became of it, and the way back.
    private struct LeaveCard: View {
        let page: LeaveModel
        let leave: Leave
        @Environment(\.language) private var language

        var body: some View {
            let now = page.field.serverTime()
            Card {
                Text(
                    verbatim: Word.leaveSpan.of(language, moment(leave.from, now: now), moment(leave.until, now: now)))
                    .font(.headline)
                if !leave.words.isEmpty { Text(verbatim: leave.words) }
                Badge(leave.takenBack?.takenBackSign ?? leave.delivery.sign)
                if let reason = leave.reason { Said(reason.named) }
                if page.mayTakeBack(leave) {
                    SoftButton(Word.leaveTakeBack.named, enabled: !page.asking.busy) { await page.takeBack(leave) }
                }
            }
        }
    }
#endif
