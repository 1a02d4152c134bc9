#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// What is done with a report, at the thumb. What may be the same matter is shown before it can be sent.
    struct ReportActions: View {
        let page: ReportModel

        var body: some View {
            if page.settling { Settling(page: page) } else { reporting }
        }

        @ViewBuilder private var reporting: some View {
            let likeliest = page.duplicates.first
            if let linked = page.draft.possibleDuplicateOf {
                Banner(Sign(said(linked), .active, .right))
                SoftButton(Word.reportUnlink.named) { await page.link(nil) }
            } else if let likeliest {
                Card {
                    Said(.reportDuplicate)
                    HStack(alignment: .top, spacing: 12) {
                        if let thumb = likeliest.thumb { Picture(field: page.field, hash: thumb, caption: "", side: 72) }
                        VStack(alignment: .leading, spacing: 4) { DuplicateLines(each: likeliest) }
                    }
                    SoftButton(Word.reportSame.named) { await page.link(likeliest.id) }
                }
            }
            StrongButton(
                page.says.named, icon: page.ready ? "paperplane" : nil, enabled: page.ready,
                height: likeliest == nil ? 72 : touchMin, page.report)
            if page.picked?.selfHandled == true {
                SoftButton(Word.reportSettle.named, enabled: page.ready) { page.beginSettling() }
            }
        }

        /// What was said of the same matter.
        private func said(_ linked: DocumentId) -> Named {
            guard let each = page.duplicates.first(where: { $0.id == linked }) else { return Word.reportLinkedUnknown.named }
            return Word.reportLinked.filled(each.title.isEmpty ? each.className : each.title)
        }
    }

    /// 自行处置 in one visit: the photo after, a note, and it is submitted.
    private struct Settling: View {
        let page: ReportModel
        @Environment(\.language) private var language

        var body: some View {
            if page.after == nil {
                Banner(Sign(Word.reportSettleAfter.named, .waiting, .half), more: Word.reportSettleBefore.named)
                let says = [Word.actPhoto.named, PhotoPurpose.after.named]
                StrongButton(
                    Named(says.map(\.zh).joined(separator: " · "), says.map(\.en).joined(separator: " · ")), icon: "camera",
                    enabled: !page.asking.busy, page.photographAfter)
            } else {
                Banner(Sign(Word.reportSettleBoth.named, .good, .tick))
                Field(.reportSettleNote, page.settledNote) { page.settledNote = $0 }
                StrongButton(
                    (page.asking.busy ? Word.reportBusy : .reportSettleGo).named, icon: "paperplane",
                    enabled: page.readyToSettle, page.settle)
            }
            SoftButton(Word.reportSettleStop.named, enabled: !page.asking.busy, page.stopSettling)
        }
    }
#endif
