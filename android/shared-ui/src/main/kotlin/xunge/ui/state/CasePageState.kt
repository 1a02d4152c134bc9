package xunge.ui.state

import androidx.compose.foundation.layout.size
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.Body
import xunge.core.CaseAct
import xunge.core.CasePage
import xunge.core.DocumentId
import xunge.core.EntryId
import xunge.core.OrganisationId
import xunge.core.PhotoPurpose
import xunge.core.PhotoState
import xunge.core.Subject
import xunge.core.TakenPhoto
import xunge.core.Task

/** One case. */
class CasePageState(field: FieldState, private val id: DocumentId, val justReported: Boolean = false) : PageState(field) {
    var page by mutableStateOf<CasePage?>(null)
        private set

    /** A comment being written; nothing while none is. */
    var comment by mutableStateOf<String?>(null)

    /** What is being done on site; nothing while nothing is. */
    var acting by mutableStateOf<SiteAct?>(null)
        private set

    /** The task being declined; nothing while none is. */
    var declining by mutableStateOf<Declining?>(null)

    /** Spoken instead of typed, beside the case. */
    val voice = VoiceNotes(this, id)

    /** What this person was sent for with it, while that is open. */
    var task by mutableStateOf<Task?>(null)
        private set

    /** Texts ready to be touched, for what is being done. */
    var phrases by mutableStateOf<List<String>>(emptyList())
        private set

    /** Names of bodies, where the case names any. */
    private var bodies by mutableStateOf<List<Body>>(emptyList())

    fun nameOf(body: OrganisationId): String = bodies.firstOrNull { it.id == body }?.name ?: body.text

    /** Whether the clocks say why they are due when they are. */
    var explained by mutableStateOf(false)

    /** A branch secretary may open a check-in about it. */
    val mayOpenCheckin: Boolean get() = this.field.mayOpenCheckin

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
        ask({ core -> core.case(id) to core.tasks().firstOrNull { it.case == id } }) { (case, task) ->
            page = case
            this.task = task
            voice.load()
            if (case.surveys.isNotEmpty()) ask({ it.bodies() }) { bodies = it }
        }
    }

    override fun leave() = voice.leave()

    fun beginDeclining() {
        comment = null
        acting = null
        declining = Declining()
    }

    /** The task goes to the next on duty, and never comes back to this person. */
    fun decline() {
        val said = declining?.takeIf { it.ready } ?: return
        val cause = said.cause ?: return
        askOnce({ it.declineTask(id, cause, said.words.trim()) }) {
            declining = null
            changed()
        }
    }

    /** Begins an act; one that needs nothing is asked for at once. */
    fun begin(kind: SiteActKind) {
        comment = null
        declining = null
        if (!kind.needsPhoto) return ask(kind, CaseAct.Claim, null)
        acting = SiteAct(kind)
        val code = page?.classCode
        ask({ it.phrases(kind.phrases, code) }) { phrases = it }
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

    /** Opens a check-in about this case. */
    fun openCheckin() {
        val case = page ?: return
        // Nothing is recorded under a page that does not show it.
        voice.leave()
        field.open(CheckinOpenState(field, Subject.Case(case.id), case.title))
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
