#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import UIKit
    import XungeCoreApi
    import XungeFeatures

    /// A photo by what is in it; a blank where it is not on this device.
    struct Picture: View {
        let field: FieldModel
        let hash: PhotoHash?
        let caption: String
        let side: CGFloat
        @State private var image: Image? = nil
        @Environment(\.palette) private var palette
        @Environment(\.language) private var language

        var body: some View {
            ZStack {
                palette.of(.neutral).groundColor
                if let image {
                    image.resizable().scaledToFill()
                } else {
                    Image(systemName: "photo").foregroundStyle(palette.of(.neutral).inkColor)
                }
            }
            .frame(width: side, height: side)
            .clipShape(RoundedRectangle(cornerRadius: 12))
            .accessibilityLabel(Text(verbatim: caption.isEmpty ? Word.photo.of(language) : caption))
            .task(id: hash) {
                guard let hash, let bytes = await field.photo(hash) else { return }
                image = Self.decoded(bytes)
            }
        }

        private static func decoded(_ bytes: Data) -> Image? {
            UIImage(data: bytes).map(Image.init(uiImage:))
        }
    }
#endif
