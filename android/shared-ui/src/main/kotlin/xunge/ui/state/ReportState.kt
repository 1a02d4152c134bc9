package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.Around
import xunge.core.CaseClass
import xunge.core.ComponentCode
import xunge.core.DocumentId
import xunge.core.Draft
import xunge.core.DraftPhoto
import xunge.core.FieldCore
import xunge.core.Fix
import xunge.core.LikelyDuplicate
import xunge.core.PhotoHash
import xunge.core.PhotoPurpose
import xunge.core.PhraseUse
import xunge.core.Point
import xunge.core.Severity
import xunge.core.UnitGridCode
import xunge.core.best
import xunge.ui.screens.around

/** Fixes a draft keeps: the most exact. */
private const val FIXES_MAX = 16

/** A report from the shutter on: the photo is safe already, the class is chosen, and it is reported, or settled on the spot. */
class ReportState(field: FieldState, draft: Draft) : PageState(field) {
    var draft by mutableStateOf(draft)
        private set
    var classes by mutableStateOf<List<CaseClass>>(emptyList())
        private set

    /** What is around the place, once the core looked. */
    var around by mutableStateOf<Around?>(null)
        private set

    /** Texts ready to be touched. */
    var phrases by mutableStateOf<List<String>>(emptyList())
        private set

    /** What is looked for among all classes; nothing while only the likely ones are shown. */
    var wanted by mutableStateOf<String?>(null)

    /** Whether the optional part is open. */
    var more by mutableStateOf(false)

    /** Whether it is being settled on the spot 自行处置. */
    var settling by mutableStateOf(false)
        private set
    var settledNote by mutableStateOf("")

    /** Spoken instead of typed: beside what becomes the case. */
    val voice = VoiceNotes(this, DocumentId(draft.id.text))

    /** The class for which the core looked around. */
    private var lookedFor by mutableStateOf<String?>(null)
    private var watch: Watch? = null

    val likely: List<LikelyClass> get() = likelyClasses(classes, around?.classes.orEmpty())
    val found: List<CaseClass> get() = findClasses(classes, wanted.orEmpty())
    val picked: CaseClass? get() = classes.firstOrNull { it.code == draft.classCode }
    val position: PositionSaid get() = PositionSaid.of(draft.fixes.best())

    /** The place chosen by hand; nothing while the best fix holds. */
    val chosen: Point? get() = draft.point

    /** There is a place, and it lies in no unit grid that is known here. */
    val outsideGrids: Boolean get() = around?.let { it.point != null && it.grids.isEmpty() } == true

    /** Cases that are probably the same matter: only of a class that was picked is that known well enough to ask. */
    val duplicates: List<LikelyDuplicate> get() = around?.duplicates.orEmpty().takeIf { draft.classCode != null }.orEmpty()

    /** The photo after, of a matter that is being settled. */
    val after: DraftPhoto? get() = draft.photos.firstOrNull { it.purpose == PhotoPurpose.AFTER }

    /** What keeps it from being reported, as far as a form can know. What may be the same matter is shown before. */
    val ready: Boolean get() = draft.classCode != null && lookedFor == draft.classCode && !busy
    val readyToSettle: Boolean get() = ready && settling && after != null

    override fun load() {
        ask({ it.classes() }) { classes = it }
        voice.load()
        look()
        watch = watch ?: field.platform.positions.watch(::improve)
    }

    override fun leave() {
        watch?.stop()
        watch = null
        voice.leave()
    }

    fun pick(picked: CaseClass) {
        wanted = null
        settling = settling && picked.selfHandled
        draft = draft.copy(classCode = picked.code)
        keep { it.pickClass(draft.id, picked.code) }
        look()
    }

    /** Says which grid a poor fix lies in; the same again takes it back. */
    fun pickGrid(code: UnitGridCode) = keep { it.pickGrid(draft.id, code.takeIf { code != draft.unitGrid }) }

    fun pickComponent(code: ComponentCode) = keep { it.pickComponent(draft.id, code.takeIf { code != draft.component }) }

    /** Says that it may be the same matter as a case; nothing takes that back. */
    fun link(case: DocumentId?) = keep { it.pickPossibleDuplicate(draft.id, case) }

    fun describe(text: String) = change { copy(description = text) }

    /** Adds a phrase to the description. */
    fun say(phrase: String) = change { copy(description = with(description, phrase)) }

    fun address(text: String) = change { copy(address = text) }

    /** Opens the map to choose the place by hand. */
    fun openPlace() = field.open(PlaceState(field, this))

    /** Says where it is, instead of the best fix; nothing takes that back. The fixes stay with the report either way. */
    fun choosePlace(point: Point?) {
        change { copy(point = point) }
        look()
    }

    fun explainNoPlace(text: String) = change { copy(noGridReason = text.ifBlank { null }) }

    fun rate(severity: Severity) = change { copy(severity = severity) }

    fun hazard(text: String) = change { copy(hazards = if (text in hazards) hazards - text else hazards + text) }

    fun addPhoto() = photograph(PhotoPurpose.FOUND)

    fun photographAfter() = photograph(PhotoPurpose.AFTER)

    private fun photograph(purpose: PhotoPurpose) {
        field.platform.camera.take(purpose) { photo ->
            if (photo != null) askOnce({ it.addPhotoToDraft(draft.id, photo) }) { draft = draft.copy(photos = it.photos) }
        }
    }

    fun removePhoto(hash: PhotoHash) {
        askOnce({ it.removePhotoFromDraft(draft.id, hash) }) { draft = draft.copy(photos = it.photos) }
    }

    fun discard() {
        voice.throwAway()
        askOnce({ it.discardDraft(draft.id) }) { field.back() }
    }

    fun beginSettling() {
        settling = true
    }

    /** It is reported like any other after all: a photo of the state after is no part of that. */
    fun stopSettling() {
        settling = false
        after?.let { removePhoto(it.hash) }
    }

    /** Submits it as settled on the spot, where the best fix is. */
    fun settle() {
        if (!readyToSettle) return
        submit { it.selfHandle(draft.id, draft.fixes.best()?.point, settledNote.trim()) }
    }

    /** Reports it: once this is answered the case is safe on the device, and the page is done. */
    fun report() {
        if (ready) submit { it.report(draft.id) }
    }

    private fun submit(work: (FieldCore) -> DocumentId) {
        askOnce(work) { case ->
            leave()
            field.show(HomeState(field))
            field.open(CasePageState(field, case, justReported = true))
            field.syncing.start()
        }
    }

    /** The position keeps improving until it is reported. */
    private fun improve(fix: Fix) {
        val before = draft.fixes.best()
        change { copy(fixes = (fixes + fix).sortedBy { it.accuracyMetres ?: Int.MAX_VALUE }.take(FIXES_MAX)) }
        if (draft.fixes.best() != before) look()
    }

    /** Looks around the place; what cannot be looked up keeps nobody from reporting. */
    private fun look() {
        val (id, code) = draft.id to draft.classCode
        ask({ it.phrases(PhraseUse.REPORT, code) }) { phrases = it }
        field.platform.threads.run({ field.core.around(id) }) { result ->
            lookedFor = code
            answered(result) { around = it }
        }
    }

    /** What is picked is written by the core, together with what follows from it. */
    private fun keep(pick: (FieldCore) -> Draft) {
        ask(pick) {
            draft = draft.copy(unitGrid = it.unitGrid, component = it.component, possibleDuplicateOf = it.possibleDuplicateOf)
        }
    }

    private fun change(edit: Draft.() -> Draft) {
        val changed = draft.edit()
        if (changed == draft) return
        draft = changed
        ask({ it.saveDraft(changed) }) {}
    }
}

/** A phrase behind what is written already. */
internal fun with(text: String, phrase: String): String = if (text.isBlank()) phrase else "${text.trimEnd().trimEnd('。', '；')}；$phrase"
