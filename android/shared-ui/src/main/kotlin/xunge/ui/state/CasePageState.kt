package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.CaseAct
import xunge.core.CasePage
import xunge.core.DocumentId
import xunge.core.EntryId
import xunge.core.PhotoPurpose
import xunge.core.PhotoState
import xunge.core.TakenPhoto

/** One case. */
class CasePageState(field: FieldState, private val id: DocumentId, val justReported: Boolean = false) : PageState(field) {
    var page by mutableStateOf<CasePage?>(null)
        private set

    /** A comment being written; nothing while none is. */
    var comment by mutableStateOf<String?>(null)

    /** What is being done on site; nothing while nothing is. */
    var acting by mutableStateOf<SiteAct?>(null)
        private set

    /** What of it this person may do now and does on site, in the core's order. */
    val possible: List<SiteActKind>
        get() = page?.offered.orEmpty().filter { it.reason == null }.mapNotNull { SiteActKind.of(it.action) }

    /** How many photos of how many are safe; those of others never were this device's to send. */
    val photosSafe: kotlin.Pair<Int, Int>
        get() {
            val own = page?.photos.orEmpty().filter { it.state != PhotoState.ELSEWHERE }
            return own.count { it.state == PhotoState.RECEIVED } to own.size
        }

    override fun load() {
        ask({ it.case(id) }) { page = it }
    }

    /** Begins an act; one that needs nothing is asked for at once. */
    fun begin(kind: SiteActKind) {
        comment = null
        if (kind.needsPhoto) acting = SiteAct(kind) else ask(kind, CaseAct.Claim, null)
    }

    fun change(act: SiteAct?) {
        acting = act
    }

    fun photographAct() {
        val act = acting ?: return
        field.platform.camera.take(act.kind.purpose) { photo -> if (photo != null) acting = act.copy(photo = photo) }
    }

    fun submitAct() {
        val act = acting ?: return
        ask(act.kind, act.asked ?: return, act.photo)
    }

    private fun ask(kind: SiteActKind, asked: CaseAct, photo: TakenPhoto?) {
        askOnce({ it.act(id, asked, photo) }) {
            if (acting?.kind == kind) acting = null
            changed()
        }
    }

    fun leaveComment() {
        val text = comment?.trim().orEmpty()
        if (text.isEmpty()) return
        askOnce({ it.addComment(id, text) }) {
            comment = null
            changed()
        }
    }

    fun addPhoto() {
        field.platform.camera.take(PhotoPurpose.FOUND) { photo ->
            if (photo != null) askOnce({ it.addPhoto(id, photo) }) { changed() }
        }
    }

    fun dismiss(entry: EntryId) {
        askOnce({ it.dismiss(entry) }) { load() }
    }

    private fun changed() {
        load()
        field.syncing.start()
    }
}
