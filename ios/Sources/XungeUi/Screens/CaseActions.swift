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
            Field(.actNote, act.note) { page.acting?.note = $0 }
            HStack(spacing: 8) {
                SoftButton(Word.cancel.named) { page.acting = nil }
                StrongButton(
                    Word.actSend.named, enabled: act.asked != nil && !page.asking.busy, height: touchMin, page.submitAct)
            }
        }
    }
#endif
