package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.CaseClass
import xunge.core.Draft
import xunge.core.Fix
import xunge.core.PhotoHash
import xunge.core.PhotoPurpose
import xunge.core.Severity
import xunge.core.best

/** So many of the newest cases tell which classes are likely. */
private const val RECENT_ROWS = 50

/** A fix within so many metres is good enough not to ask about it. */
private const val GOOD_METRES = 30

/** Fixes a draft keeps: the most exact. */
private const val FIXES_MAX = 16

/** A report from the shutter on: the photo is safe already, the class is chosen, and it is reported. */
class ReportState(field: FieldState, draft: Draft) : PageState(field) {
    var draft by mutableStateOf(draft)
        private set
    var classes by mutableStateOf<List<CaseClass>>(emptyList())
        private set
    var likely by mutableStateOf<List<CaseClass>>(emptyList())
        private set

    /** What is looked for among all classes; nothing while only the likely ones are shown. */
    var wanted by mutableStateOf<String?>(null)

    /** Whether the optional part is open. */
    var more by mutableStateOf(false)

    private var watch: Watch? = null

    val found: List<CaseClass> get() = findClasses(classes, wanted.orEmpty())
    val picked: CaseClass? get() = classes.firstOrNull { it.code == draft.classCode }
    val position: PositionSaid get() = PositionSaid.of(draft.fixes.best())

    /** What keeps it from being reported, as far as a form can know. */
    val ready: Boolean get() = draft.classCode != null && !busy

    override fun load() {
        ask({ it.classes() to it.cases(null, RECENT_ROWS) }) { (classes, recent) ->
            this.classes = classes
            likely = likelyClasses(classes, recent)
        }
        watch = watch ?: field.platform.positions.watch(::improve)
    }

    override fun leave() {
        watch?.stop()
        watch = null
    }

    fun pick(picked: CaseClass) {
        wanted = null
        change { copy(classCode = picked.code) }
    }

    fun describe(text: String) = change { copy(description = text) }

    fun address(text: String) = change { copy(address = text) }

    fun explainNoPlace(text: String) = change { copy(noGridReason = text.ifBlank { null }) }

    fun rate(severity: Severity) = change { copy(severity = severity) }

    fun hazard(text: String) = change { copy(hazards = if (text in hazards) hazards - text else hazards + text) }

    fun addPhoto() {
        field.platform.camera.take(PhotoPurpose.FOUND) { photo ->
            if (photo != null) askOnce({ it.addPhotoToDraft(draft.id, photo) }) { draft = draft.copy(photos = it.photos) }
        }
    }

    fun removePhoto(hash: PhotoHash) {
        askOnce({ it.removePhotoFromDraft(draft.id, hash) }) { draft = draft.copy(photos = it.photos) }
    }

    fun discard() {
        askOnce({ it.discardDraft(draft.id) }) { field.back() }
    }

    /** Reports it: once this is answered the case is safe on the device, and the page is done. */
    fun report() {
        val chosen = picked ?: return
        val whole = if (draft.title.isBlank()) draft.copy(title = chosen.zh) else draft
        askOnce({
            it.saveDraft(whole)
            it.report(whole.id)
        }) { case ->
            leave()
            field.show(HomeState(field))
            field.open(CasePageState(field, case, justReported = true))
            field.syncing.start()
        }
    }

    /** The position keeps improving until it is reported. */
    private fun improve(fix: Fix) {
        val fixes = (draft.fixes + fix).sortedBy { it.accuracyMetres ?: Int.MAX_VALUE }.take(FIXES_MAX)
        change { copy(fixes = fixes, point = fixes.best()?.point) }
    }

    private fun change(edit: Draft.() -> Draft) {
        val changed = draft.edit()
        if (changed == draft) return
        draft = changed
        ask({ it.saveDraft(changed) }) {}
    }
}

/** How good a position is. */
sealed interface PositionSaid {
    data object Waiting : PositionSaid

    data class Good(val metres: Int) : PositionSaid

    data class Weak(val metres: Int) : PositionSaid

    data object Unsaid : PositionSaid

    companion object {
        fun of(best: Fix?): PositionSaid {
            val metres = best?.accuracyMetres
            return when {
                best == null -> Waiting
                metres == null -> Unsaid
                metres <= GOOD_METRES -> Good(metres)
                else -> Weak(metres)
            }
        }
    }
}
