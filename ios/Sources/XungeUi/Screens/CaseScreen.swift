#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    struct CaseScreen: View {
        let page: CaseModel
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: title, field: page.field, asking: page.asking) {
                if let shown = page.page { content(shown) } else { Said(.loading) }
            } bottom: {
                if page.page != nil { CaseActions(page: page) }
            }
        }

        private var title: String {
            guard let shown = page.page else { return Word.casesTitle.of(language) }
            return shown.title.isEmpty ? shown.className : shown.title
        }

        @ViewBuilder private func content(_ shown: CasePage) -> some View {
            if page.justReported { Banner(Sign(Word.reportDone.named, .good, .tick)) }
            // Refused work stands first until its author acts.
            ForEach(shown.setAside, id: \.id) { item in
                LaneCard(item: item, field: page.field, onOpen: nil) { await page.dismiss(item.id) }
            }
            if let task = page.task { TaskBanner(task: task, now: page.field.serverTime()) }
            Standing(shown: shown)
            if !shown.photos.isEmpty {
                let safe = page.photosSafe
                if safe.of > 0 { GroupTitle(.casePhotosSafe, safe.safe, safe.of) }
                ScrollView(.horizontal) {
                    HStack(spacing: 10) {
                        ForEach(shown.photos, id: \.id) { photo in
                            VStack(alignment: .leading, spacing: 4) {
                                Picture(field: page.field, hash: photo.hash, caption: photo.caption, side: 160)
                                Said(photo.purpose.named).font(.subheadline)
                                Badge(photo.state.sign)
                            }
                        }
                    }
                }
            }
            CaseFacts(shown: shown)
            CaseClocks(page: page)
            CaseSurveys(page: page, surveys: shown.surveys)
            if page.mayOpenCheckin { SoftButton(Word.caseOpenCheckin.named, icon: "person.2", page.openCheckin) }
            notes(.caseHazards, shown.hazards)
            GroupTitle(.caseTimeline)
            ForEach(shown.timeline, id: \.id) { entry in
                TimelineCard(entry: entry, delivery: shown.delivery, field: page.field)
            }
            notes(.caseComments, shown.comments)
        }

        @ViewBuilder private func notes(_ title: Word, _ notes: [Note]) -> some View {
            if !notes.isEmpty {
                GroupTitle(title)
                ForEach(notes, id: \.id) { note in
                    Card {
                        Text(verbatim: note.text)
                        Faint(page.field.saidBy(note.author, note.at))
                    }
                }
            }
        }
    }

    /// Where it stands: as ruled, as expected, and whether it is safe.
    private struct Standing: View {
        let shown: CasePage
        @Environment(\.language) private var language

        var body: some View {
            Card {
                Badge(shown.state.sign)
                Badge(shown.delivery.sign)
                if shown.severity != .ordinary { Badge(shown.severity.sign) }
                if let light = shown.clocks.last(where: \.overall)?.light { Badge(light.sign) }
                if shown.provisionalState != shown.state {
                    Faint(Word.caseExpected.of(language, shown.provisionalState.named.of(language)))
                }
                let number = shown.caseNo.map { Word.caseNo.of(language, $0) } ?? Word.caseCode.of(language, shown.localCode)
                Faint("\(number) · \(shown.className)")
            }
        }
    }

    private struct CaseFacts: View {
        let shown: CasePage
        @Environment(\.language) private var language

        var body: some View {
            Card {
                Faint(Word.casePlace.of(language))
                Text(verbatim: shown.address.isEmpty ? shown.point?.said ?? Word.caseNoPlace.of(language) : shown.address)
                if !shown.description.isEmpty {
                    Faint(Word.caseDescription.of(language))
                    Text(verbatim: shown.description)
                }
                if shown.possibleDuplicateOf != nil { Banner(Sign(Word.caseDuplicateOf.named, .active, .right)) }
                ForEach(shown.concurrent, id: \.field) { each in
                    let others = each.others.joined(separator: "；")
                    Banner(Sign(Word.caseConcurrent.filled(each.field, others), .waiting, .half))
                }
            }
        }
    }

    /// One request: what, by whom, when, and what became of it.
    private struct TimelineCard: View {
        let entry: TimelineEntry
        let delivery: Delivery
        let field: FieldModel

        var body: some View {
            Card {
                HStack {
                    Said(entry.action.named).font(.headline)
                    Spacer(minLength: 0)
                    Badge(outcome)
                }
                Faint(field.saidBy(entry.author, entry.at))
                if let reason = entry.ruling?.reason { Said(reason.named) }
            }
        }

        private var outcome: Sign {
            guard let ruling = entry.ruling else {
                let word: Word = delivery == .received ? .caseNotRuled : .caseNotRuledHere
                return Sign(word.named, .waiting, .dots)
            }
            return ruling.accepted
                ? Sign(Word.caseGranted.named, .good, .tick) : Sign(Word.caseNotGranted.named, .bad, .cross)
        }
    }
#endif
