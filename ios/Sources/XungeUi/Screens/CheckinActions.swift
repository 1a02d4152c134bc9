#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// What can be done with a check-in, at the thumb: a step written where one stands, and the answer of a party.
    struct CheckinActions: View {
        let page: CheckinModel

        var body: some View {
            if let kind = page.writing {
                Writing(page: page, kind: kind)
            } else if let answer = page.answering {
                Answering(page: page, answer: answer)
            } else {
                if !page.answerable.isEmpty {
                    StrongButton(Word.checkinAnswer.named, icon: "person.2", enabled: !page.asking.busy) { page.answer(true) }
                }
                SoftButton(Word.checkinWrite.named, icon: "pencil", enabled: !page.asking.busy) { page.write(.progress) }
            }
        }
    }

    private struct Writing: View {
        let page: CheckinModel
        let kind: WrittenStepKind

        private let columns = [GridItem(.adaptive(minimum: 110), spacing: 8)]

        var body: some View {
            LazyVGrid(columns: columns, alignment: .leading, spacing: 8) {
                ForEach(WrittenStepKind.allCases, id: \.self) { each in
                    Chip(named: each.named, chosen: each == kind) { page.write(each) }
                }
            }
            Field(.checkinWriteHint, page.note) { page.note = $0 }
            HStack(spacing: 8) {
                SoftButton(Word.cancel.named) { page.write(nil) }
                let count = "\(page.photos.count)"
                SoftButton(
                    Named("\(Word.photo.named.zh) \(count)", "\(Word.photo.named.en) \(count)"), icon: "camera",
                    enabled: !page.asking.busy, page.addPhoto)
            }
            StrongButton(Word.save.named, enabled: page.ready, height: touchMin, page.keep)
        }
    }

    private struct Answering: View {
        let page: CheckinModel
        let answer: CheckinAnswer

        var body: some View {
            Said(.checkinAnswerFor)
            ForEach(page.answerable, id: \.id) { body in
                Chip(named: Named(body.name, body.name), chosen: body.id == answer.party) { page.speakFor(body.id) }
            }
            Field(.checkinAnswerNote, answer.note, page.explain)
            HStack(spacing: 8) {
                SoftButton(Word.cancel.named) { page.answer(false) }
                SoftButton(Word.checkinDecline.named, enabled: !page.asking.busy) { await page.submitAnswer(accepts: false) }
            }
            StrongButton(Word.checkinAccept.named, enabled: !page.asking.busy, height: touchMin) {
                await page.submitAnswer(accepts: true)
            }
        }
    }
#endif
