package xunge.core

/** A row of the case list. Nothing in it needs the case to be opened. */
data class CaseRow(
    val id: DocumentId,
    /** What people say over the phone. */
    val localCode: String,
    /** 案卷号, given by filing. */
    val caseNo: String?,
    val title: String,
    /** The class, in Chinese. */
    val className: String,
    val state: CaseState,
    val severity: Severity,
    val address: String,
    val point: Point?,
    val updatedAt: Instant,
    val delivery: Delivery,
    /** When the clock it shows is due. */
    val due: Instant?,
    val light: Light?,
    /** Whether a request of this person was declined. */
    val declined: Boolean,
    /** Of the first photo, where it is here. */
    val thumb: PhotoHash?,
)

/** Where a page of a list ended; hand it in to get the next one. */
data class PageEnd(val updatedAt: Instant, val id: DocumentId)

val CaseRow.pageEnd: PageEnd get() = PageEnd(updatedAt, id)
