package xunge.core

/** A report that is not sent off yet. Saved at every step. */
data class Draft(
    val id: DraftId,
    val updatedAt: Instant,
    /** Code of the minor class. */
    val classCode: String? = null,
    val title: String = "",
    val description: String = "",
    val address: String = "",
    /** The place chosen by hand; nothing while the best fix holds. */
    val point: Point? = null,
    val fixes: List<Fix> = emptyList(),
    val severity: Severity = Severity.ORDINARY,
    val hazards: List<String> = emptyList(),
    /** Why the place is in no unit grid that is known here. */
    val noGridReason: String? = null,
    val photos: List<DraftPhoto> = emptyList(),
    /** Which of the grids a poor fix lies in, where the worker said so. */
    val unitGrid: UnitGridCode? = null,
    /** The component it is about. */
    val component: ComponentCode? = null,
    /** The case that this one may repeat. */
    val possibleDuplicateOf: DocumentId? = null,
)

data class DraftPhoto(val hash: PhotoHash, val purpose: PhotoPurpose, val caption: String)

/** A minor class 小类 to pick. */
data class CaseClass(
    val code: String,
    /** 大类. */
    val majorZh: String,
    val zh: String,
    val en: String,
    /** 自行处置: whether a grid worker may settle it on the spot. */
    val selfHandled: Boolean,
)
