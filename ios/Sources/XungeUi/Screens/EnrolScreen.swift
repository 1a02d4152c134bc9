#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeFeatures

    struct EnrolScreen: View {
        let page: EnrolModel
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: Word.enrolTitle.of(language), field: page.field, asking: page.asking) {
                Said(.enrolWhy)
                Field(.enrolServer, page.server, hint: "https://…") { page.server = $0 }
                    .textInputAutocapitalization(.never)
                    .autocorrectionDisabled()
                Field(.enrolCode, page.code, hint: "abcde-fghij-…") { page.code = $0 }
                    .textInputAutocapitalization(.never)
                    .autocorrectionDisabled()
            } bottom: {
                StrongButton((page.asking.busy ? Word.enrolBusy : .enrolGo).named, enabled: page.ready, page.enrol)
            }
        }
    }
#endif
