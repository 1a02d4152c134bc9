#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// A report from the shutter on.
    struct ReportScreen: View {
        @Bindable var page: ReportModel
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: title, field: page.field, asking: page.asking) {
                Said(.reportSaved)
                photos
                ReportPlace(page: page)
                GroupTitle(.reportClass)
                if let wanted = page.wanted {
                    FindField(.reportClassFind, wanted) { page.wanted = $0 }
                    if page.found.isEmpty { Said(.reportClassNone) }
                    ForEach(page.found, id: \.code) { each in
                        SoftButton(each.named) { await page.pick(each) }
                    }
                } else {
                    LikelyClasses(page: page)
                    ReportAround(page: page)
                    if page.more { MoreOfReport(page: page) } else { SoftButton(Word.reportMore.named) { page.more = true } }
                }
            } bottom: {
                ReportActions(page: page)
            }
        }

        private var title: String { (page.settling ? Word.reportSettleTitle : .reportTitle).of(language) }

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
    }
#endif
