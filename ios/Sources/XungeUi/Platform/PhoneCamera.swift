#if canImport(SwiftUI) && os(iOS)
    import Observation
    import SwiftUI
    import UIKit
    import XungeCoreApi
    import XungeFeatures

    /// The phone's camera, shown over the page that asked for a photo.
    @MainActor
    @Observable
    final class PhoneCamera: Camera {
        /// Whether the camera is to be shown.
        private(set) var shown = false

        @ObservationIgnored private var waiting: CheckedContinuation<Data?, Never>?
        @ObservationIgnored private let positions: PhonePositions

        init(_ positions: PhonePositions) { self.positions = positions }

        func take(_ purpose: PhotoPurpose) async -> TakenPhoto? {
            guard waiting == nil, UIImagePickerController.isSourceTypeAvailable(.camera) else { return nil }
            // From here on, so that there is a fix when the shutter is pressed.
            let watch = positions.watch { _ in }
            defer { watch.stop() }
            shown = true
            let jpeg = await withCheckedContinuation { waiting = $0 }
            return jpeg.map { TakenPhoto(jpeg: $0, purpose: purpose, fixes: positions.recent) }
        }

        /// The camera is done: a JPEG, or nothing when the person changed their mind.
        func taken(_ jpeg: Data?) {
            shown = false
            waiting?.resume(returning: jpeg)
            waiting = nil
        }
    }

    struct CameraScreen: UIViewControllerRepresentable {
        let camera: PhoneCamera

        func makeUIViewController(context: Context) -> UIImagePickerController {
            let picker = UIImagePickerController()
            picker.sourceType = .camera
            picker.delegate = context.coordinator
            return picker
        }

        func updateUIViewController(_ picker: UIImagePickerController, context: Context) {}

        func makeCoordinator() -> Coordinator { Coordinator(camera) }

        @MainActor
        final class Coordinator: NSObject, UIImagePickerControllerDelegate, UINavigationControllerDelegate {
            private let camera: PhoneCamera

            init(_ camera: PhoneCamera) { self.camera = camera }

            func imagePickerController(
                _ picker: UIImagePickerController,
                didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any]
            ) {
                camera.taken((info[.originalImage] as? UIImage)?.jpegData(compressionQuality: 0.9))
            }

            func imagePickerControllerDidCancel(_ picker: UIImagePickerController) { camera.taken(nil) }
        }
    }
#endif
