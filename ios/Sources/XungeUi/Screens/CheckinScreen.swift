#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    struct CheckinScreen: View {
        let page: CheckinModel
        @Environment(\.language) private var language

        var body: some View {
            let title = page.page?.title ?? Word.checkinsTitle.of(language)
            PageFrame(title: title, field: page.field, asking: page.asking) {
                if let shown = page.page { content(shown) } else { Said(.loading) }
            } bottom: {
                if page.page != nil { CheckinActions(page: page) }
            }
        }

        @ViewBuilder private func content(_ shown: CheckinPage) -> some View {
            // Refused work stands first until its author acts.
            ForEach(shown.setAside, id: \.id) { item in
                LaneCard(item: item, field: page.field, onOpen: nil) { await page.dismiss(item.id) }
            }
            CheckinStanding(page: page, shown: shown)
            if !shown.calls.isEmpty {
                GroupTitle(.checkinCalls)
                ForEach(shown.calls, id: \.party.id) { call in CalledParty(call: call, now: page.field.platform.now()) }
            }
            if !shown.times.isEmpty {
                GroupTitle(.checkinTimes)
                FourTimesCard(shown: shown, now: page.field.platform.now())
            }
            photos(shown.photos)
            GroupTitle(.checkinWhat)
            if shown.steps.isEmpty { Said(.checkinNoSteps) }
            // The newest first: what is happening now.
            ForEach(shown.steps.reversed(), id: \.id) { step in StepCard(step: step, field: page.field) }
        }

        @ViewBuilder private func photos(_ photos: [Photo]) -> some View {
            if !photos.isEmpty {
                ScrollView(.horizontal) {
                    HStack(spacing: 10) {
                        ForEach(photos, id: \.id) { photo in
                            VStack(alignment: .leading, spacing: 4) {
                                Picture(field: page.field, hash: photo.hash, caption: photo.caption, side: 160)
                                Badge(photo.state.sign)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Where it stands, who takes part, and what it is about.
    private struct CheckinStanding: View {
        let page: CheckinModel
        let shown: CheckinPage
        @Environment(\.language) private var language

        var body: some View {
            Card {
                Badge(shown.state.sign)
                Badge(shown.delivery.sign)
                parties(.checkinVisiting, shown.visiting)
                parties(.checkinHosts, shown.hosts)
                Faint(Word.checkinSubject.of(language))
                Text(verbatim: [shown.initiation?.named.of(language), subject].compactMap { $0 }.joined(separator: " · "))
                if case .case(let id) = shown.subject {
                    SoftButton(Word.laneOpen.named) { await page.openSubject(id) }
                }
            }
        }

        private var subject: String? {
            switch shown.subject {
            case .case: Word.checkinSubjectCase.of(language)
            case .project: Word.checkinSubjectProject.of(language)
            case .place(let address, let point): address.isEmpty ? point?.said : address
            case nil: nil
            }
        }

        @ViewBuilder private func parties(_ title: Word, _ parties: [Body]) -> some View {
            if !parties.isEmpty {
                Faint(title.of(language))
                Text(verbatim: parties.map(\.name).joined(separator: "、"))
            }
        }
    }

    /// A party that was called: there, late, or not yet.
    private struct CalledParty: View {
        let call: CallStanding
        let now: Instant
        @Environment(\.language) private var language

        var body: some View {
            let name = call.party.name
            if let arrived = call.arrivedAt {
                let (at, late) = (moment(arrived, now: now), call.lateMillis ?? 0)
                if late > 0 {
                    let more = Word.checkinArrivedLate.filled(at, duration(late, language))
                    Banner(Sign(Named(name, name), .bad, .half), more: more)
                } else {
                    Banner(Sign(Named(name, name), .good, .tick), more: Word.checkinArrived.filled(at))
                }
            } else {
                let missing = Word.checkinNotArrived.named
                Banner(
                    Sign(Named("\(name) · \(missing.zh)", "\(name) · \(missing.en)"), .waiting, .dots),
                    more: Word.checkinDue.filled(moment(call.due, now: now)))
            }
        }
    }

    /// The four times side by side; each comparison names which two.
    private struct FourTimesCard: View {
        let shown: CheckinPage
        let now: Instant
        @Environment(\.language) private var language

        var body: some View {
            Card {
                ForEach(shown.times, id: \.self) { time in
                    HStack(alignment: .firstTextBaseline) {
                        Faint(time.name.named.of(language))
                        Spacer(minLength: 8)
                        Text(verbatim: time.said(language, now: now))
                    }
                    .accessibilityElement(children: .combine)
                }
                ForEach(shown.comparisons, id: \.self) { each in Text(verbatim: each.said(language)) }
            }
        }
    }

    /// One step: what, in words, and what it says beside them.
    private struct StepCard: View {
        let step: CheckinStep
        let field: FieldModel
        @Environment(\.language) private var language

        var body: some View {
            Card {
                Said(step.name.named).font(.headline)
                if !step.note.isEmpty { Text(verbatim: step.note) }
                ForEach(step.facts, id: \.self) { fact in
                    Text(verbatim: fact.said(language, now: field.platform.now()))
                }
                let photos = step.photos.isEmpty ? nil : "\(Word.photo.of(language)) \(step.photos.count)"
                let place = step.address.isEmpty ? nil : step.address
                Faint([field.saidBy(step.author, step.at), place, photos].compactMap { $0 }.joined(separator: " · "))
            }
        }
    }
#endif
