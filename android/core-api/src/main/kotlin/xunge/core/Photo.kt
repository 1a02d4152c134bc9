package xunge.core

/** Where a photo is. */
enum class PhotoState {
    ON_DEVICE,

    /** Part of it is acknowledged. */
    SENDING,
    RECEIVED,

    /** Its bytes were never this device's to send. */
    ELSEWHERE,
}

/** What a photo shows. */
enum class PhotoPurpose { FOUND, BEFORE, DURING, AFTER, VERIFY, CHECK }

/** A photo of a case or a check-in. */
data class Photo(
    val id: EntryId,
    val hash: PhotoHash,
    val purpose: PhotoPurpose,
    val caption: String,
    val author: PersonId,
    val at: Instant,
    val state: PhotoState,
)

/** A photo as the camera hands it over: a JPEG, what it shows and where the camera was. */
class TakenPhoto(
    val jpeg: ByteArray,
    val purpose: PhotoPurpose,
    val fixes: List<Fix> = emptyList(),
    val caption: String = "",
) {
    /** The most exact fix. */
    val point: Point? = fixes.best()?.point
}
