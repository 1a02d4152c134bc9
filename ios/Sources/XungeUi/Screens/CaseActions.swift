#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// What can be done with a case, at the thumb: an act on site first, a photo or a comment always.
    struct CaseActions: View {
        let page: CaseModel

        var body: some View {
            if let act = page.acting {
                Acting(page: page, act: act)
            } else if let declining = page.declining {
                DecliningTask(page: page, declining: declining)
            } else if let comment = page.comment {
                Field(.caseCommentHint, comment) { page.comment = $0 }
                HStack(spacing: 8) {
                    SoftButton(Word.cancel.named) { page.comment = nil }
                    StrongButton(
                        Word.caseCommentSend.named, enabled: !comment.isEmpty && !page.asking.busy, height: touchMin,
                        page.leaveComment)
                }
            } else {
                ForEach(page.possible, id: \.self) { kind in
                    StrongButton(kind.action.named, enabled: !page.asking.busy) { await page.begin(kind) }
                }
                if page.mayDecline { SoftButton(Word.decline.named) { page.beginDeclining() } }
                HStack(spacing: 8) {
                    SoftButton(Word.caseAddPhoto.named, icon: "camera", enabled: !page.asking.busy, page.addPhoto)
                    SoftButton(Word.caseAddComment.named, icon: "pencil") { page.comment = "" }
                }
            }
        }
    }

    /// An act being put together.
    private struct Acting: View {
        let page: CaseModel
        let act: SiteAct

        var body: some View {
            ForEach(act.kind.answers, id: \.self) { answer in
                Chip(named: answer.word(act.kind).named, chosen: answer == act.answer) { page.acting?.answer = answer }
            }
            let photo: Word = act.photo == nil ? .actPhoto : .actPhotoAgain
            SoftButton(photo.named, icon: "camera", enabled: !page.asking.busy, page.photographAct)
            Phrases(phrases: page.phrases) { page.acting?.say($0) }
            Field(act.kind.noteWord, act.note) { page.acting?.note = $0 }.id(act.phrasesSaid)
            if !act.kind.estimates.isEmpty {
                Said(.actEstimate)
                LazyVGrid(columns: [GridItem(.adaptive(minimum: 110), spacing: 8)], alignment: .leading, spacing: 8) {
                    ForEach(act.kind.estimates, id: \.self) { days in
                        Chip(named: Word.actWorkDays.filled(days), chosen: days == act.workDays) { page.acting?.estimate(days) }
                    }
                }
            }
            HStack(spacing: 8) {
                SoftButton(Word.cancel.named) { page.acting = nil }
                StrongButton(
                    Word.actSend.named, enabled: act.asked != nil && !page.asking.busy, height: touchMin, page.submitAct)
            }
        }
    }

    /// Why somebody does not go: the cause by a touch, another one in words.
    private struct DecliningTask: View {
        let page: CaseModel
        let declining: Declining

        var body: some View {
            Said(.declineWhy).font(.headline)
            LazyVGrid(columns: [GridItem(.adaptive(minimum: 120), spacing: 8)], alignment: .leading, spacing: 8) {
                ForEach(DeclineCause.allCases, id: \.self) { cause in
                    Chip(named: cause.named, chosen: cause == declining.cause) { page.declining?.cause = cause }
                }
            }
            Field(.declineWords, declining.words) { page.declining?.words = $0 }
            Said(.declineMore)
            HStack(spacing: 8) {
                SoftButton(Word.cancel.named) { page.declining = nil }
                StrongButton(
                    Word.decline.named, enabled: declining.ready && !page.asking.busy, height: touchMin, page.decline)
            }
        }
    }
#endif
