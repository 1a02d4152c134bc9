package xunge.ui.state

import androidx.compose.foundation.layout.size
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.CheckinPage
import xunge.core.CheckinRow
import xunge.core.DocumentId
import xunge.core.PhotoPurpose
import xunge.core.Subject
import xunge.core.TakenPhoto
import xunge.core.WrittenStep
import xunge.core.WrittenStepKind
import xunge.core.pageEnd

private const val PAGE_ROWS = 50

/** The check-ins on this device, page by page. */
class CheckinListState(field: FieldState) : PageState(field) {
    var rows by mutableStateOf<List<CheckinRow>?>(null)
        private set
    var hasMore by mutableStateOf(false)
        private set

    override fun load() {
        val limit = maxOf(PAGE_ROWS, rows?.size ?: 0)
        ask({ it.checkins(null, limit) }) { page ->
            rows = page
            hasMore = page.size == limit
        }
    }

    fun more() {
        val last = rows?.lastOrNull() ?: return
        if (!hasMore || busy) return
        askOnce({ it.checkins(last.pageEnd, PAGE_ROWS) }) { page ->
            rows = rows.orEmpty() + page
            hasMore = page.size == PAGE_ROWS
        }
    }

    val mayOpen: Boolean get() = this.field.mayOpenCheckin

    fun begin() = field.open(CheckinOpenState(field))

    fun open(row: CheckinRow) = field.open(CheckinPageState(field, row.id))
}

/** One check-in, and a step written on site. */
class CheckinPageState(field: FieldState, private val id: DocumentId) : PageState(field) {
    var page by mutableStateOf<CheckinPage?>(null)
        private set

    /** The step being written; nothing while none is. */
    var writing by mutableStateOf<WrittenStepKind?>(null)
        private set
    var note by mutableStateOf("")
    val photos = mutableStateListOf<TakenPhoto>()

    val ready: Boolean get() = note.isNotBlank() && !busy

    override fun load() {
        ask({ it.checkin(id) }) { page = it }
    }

    fun write(kind: WrittenStepKind?) {
        writing = kind
    }

    fun addPhoto() {
        field.platform.camera.take(PhotoPurpose.DURING) { photo -> photo?.let(photos::add) }
    }

    fun keep() {
        val kind = writing ?: return
        if (!ready) return
        val step = WrittenStep(id, kind, note.trim(), photos.toList())
        askOnce({ it.writeStep(step) }) {
            writing = null
            note = ""
            photos.clear()
            load()
            field.syncing.start()
        }
    }

    fun openSubject(subject: Subject.Case) = field.open(CasePageState(field, subject.id))
}
