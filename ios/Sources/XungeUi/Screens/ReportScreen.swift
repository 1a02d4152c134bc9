#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// A report from the shutter on.
    struct ReportScreen: View {
        @Bindable var page: ReportModel
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: Word.reportTitle.of(language), field: page.field, asking: page.asking) {
                Said(.reportSaved)
                photos
                position
                GroupTitle(.reportClass)
                if let wanted = page.wanted {
                    Field(.reportClassFind, wanted) { page.wanted = $0 }
                    if page.found.isEmpty { Said(.reportClassNone) }
                    ForEach(page.found, id: \.code) { each in
                        SoftButton(each.named) { await page.pick(each) }
                    }
                } else {
                    likely
                    if page.more { MoreOfReport(page: page) } else { SoftButton(Word.reportMore.named) { page.more = true } }
                }
            } bottom: {
                StrongButton(says.named, icon: page.ready ? "paperplane" : nil, enabled: page.ready, height: 72, page.report)
            }
        }

        private var says: Word {
            if page.asking.busy { return .reportBusy }
            return page.draft.classCode == nil ? .reportClassFirst : .reportGo
        }

        private var photos: some View {
            VStack(alignment: .leading, spacing: 8) {
                ForEach(page.draft.photos, id: \.hash) { photo in
                    HStack {
                        Picture(field: page.field, hash: photo.hash, caption: photo.caption, side: 132)
                        if page.draft.photos.count > 1 {
                            SoftButton(Word.removePhoto.named, icon: "xmark") { await page.removePhoto(photo.hash) }
                        }
                    }
                }
                SoftButton(Word.reportAddPhoto.named, icon: "camera", enabled: !page.asking.busy, page.addPhoto)
            }
        }

        /// Where it is, and what can be done where that is weak.
        @ViewBuilder private var position: some View {
            switch page.position {
            case .good(let metres): Banner(Sign(Word.reportPlaceGood.filled(metres), .good, .tick))
            case .unsaid: Banner(Sign(Word.reportPlaceUnsaid.named, .active, .ring))
            case .weak(let metres): Banner(Sign(Word.reportPlaceWeak.filled(metres), .waiting, .half))
            case .waiting:
                Banner(Sign(Word.reportPlaceWaiting.named, .waiting, .dots), more: Word.reportPlaceNone.named)
                Field(.reportNoGridReason, page.draft.noGridReason ?? "", page.explainNoPlace)
            }
        }

        private var likely: some View {
            let picked = page.picked
            let others = picked.map { picked in page.likely.contains(picked) ? [] : [picked] } ?? []
            return LazyVGrid(columns: [GridItem(.adaptive(minimum: 140), spacing: 8)], alignment: .leading, spacing: 8) {
                ForEach(others + page.likely, id: \.code) { each in
                    Chip(named: each.named, chosen: each == picked) { await page.pick(each) }
                }
                SoftButton(Word.reportClassAll.named, icon: "magnifyingglass") { page.wanted = "" }
            }
        }
    }
#endif
