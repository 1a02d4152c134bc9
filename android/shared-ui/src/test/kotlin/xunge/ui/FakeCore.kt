package xunge.ui

import xunge.core.Around
import xunge.core.BaseMap
import xunge.core.BaseMapTile
import xunge.core.BeatMap
import xunge.core.Body
import xunge.core.Bounds
import xunge.core.CaseAct
import xunge.core.CaseClass
import xunge.core.CasePage
import xunge.core.CaseRow
import xunge.core.CaseState
import xunge.core.CheckinPage
import xunge.core.CheckinRow
import xunge.core.ComponentCode
import xunge.core.DeclineCause
import xunge.core.DeclinedProblem
import xunge.core.Delivery
import xunge.core.DocumentId
import xunge.core.Draft
import xunge.core.DraftId
import xunge.core.DraftPhoto
import xunge.core.DutyDelivery
import xunge.core.DutyNoteId
import xunge.core.EntryId
import xunge.core.FieldCore
import xunge.core.Freed
import xunge.core.HomePage
import xunge.core.Instant
import xunge.core.Leave
import xunge.core.Link
import xunge.core.LinkProblem
import xunge.core.MePage
import xunge.core.NewCheckin
import xunge.core.NotFoundProblem
import xunge.core.Note
import xunge.core.PageEnd
import xunge.core.Person
import xunge.core.Photo
import xunge.core.PhotoHash
import xunge.core.PhotoState
import xunge.core.PhraseUse
import xunge.core.Point
import xunge.core.PrivateDelivery
import xunge.core.PrivateKind
import xunge.core.PrivateRecord
import xunge.core.PrivateRecordId
import xunge.core.SetAside
import xunge.core.SyncOutcome
import xunge.core.SyncStatus
import xunge.core.TakenPhoto
import xunge.core.Task
import xunge.core.TileName
import xunge.core.UnitGridCode
import xunge.core.WrittenStep

/**
 * A fake of the core, in memory, for tests of screens and their state alone: it knows no rule but "a class is needed". What
 * the real core does behind the same screens is tried in `desktop`.
 */
class FakeCore(var enrolled: Boolean = true) : FieldCore {
    val drafts = mutableListOf<Draft>()
    val rows = Samples.rows.toMutableList()
    val pages = Samples.pages.associateBy { it.id }.toMutableMap()
    val photos = Samples.photos.toMutableMap()
    val checkins = Samples.checkins.toMutableList()
    val checkinPages = Samples.checkinPages.associateBy { it.id }.toMutableMap()
    val lane = Samples.lane.toMutableList()
    val acts = mutableListOf<CaseAct>()
    val saves = mutableListOf<Draft>()
    /** What is around a draft. */
    var around: (Draft) -> Around = { Samples.around }
    var tasks = Samples.tasks
    var serverTime = Samples.now
    var beat = Samples.beat
    val mapped = mutableListOf<Bounds?>()
    var baseMap: BaseMap? = null
    /** What pictures of tiles were asked for, and of which rectangles. */
    var tile: (TileName) -> ByteArray? = SampleTiles::png
    val tilesRead = mutableListOf<TileName>()
    val tiled = mutableListOf<Pair<Bounds, Int>>()
    /** What the link was said to cost before each round. */
    val metered = mutableListOf<Boolean>()
    var heldBack = 0L
    var person = Samples.person
    /** What was reported, as it was then. */
    val reported = mutableListOf<Draft>()
    val settled = mutableListOf<Pair<DraftId, String>>()
    val opened = mutableListOf<NewCheckin>()
    var outcome: SyncOutcome = SyncOutcome.Done
    var unsentTexts = 3L
    var unsentPhotos = 5L
    private var made = 0

    override fun home() = HomePage(person, syncStatus(), drafts.toList(), rows.take(4), tasks())

    override fun me(): MePage? = if (enrolled) MePage(person, "https://xunge.example", true, false) else null

    override fun serverTime(): Instant = serverTime

    override fun photo(hash: PhotoHash): ByteArray = photos[hash] ?: throw notFound()

    override fun suspend() = Unit

    override fun resume() = Unit

    override fun shutDown() = Unit

    override fun enrol(serverUrl: String, code: String, link: Link): Person {
        if (code != "right-code") throw LinkProblem("no_network", "现在没有网络；有信号时再登记。", "There is no network; enrol when there is.")
        enrolled = true
        return Samples.person
    }

    override fun cases(after: PageEnd?, limit: Int): List<CaseRow> =
        rows.filter { after == null || it.updatedAt < after.updatedAt }.take(limit)

    override fun search(text: String, limit: Int): List<CaseRow> = rows.filter { text in it.title || text in it.address }.take(limit)

    override fun case(id: DocumentId): CasePage = pages[id] ?: throw notFound()

    override fun map(area: Bounds?): BeatMap {
        mapped += area
        return beat
    }

    override fun baseMap(): BaseMap? = baseMap

    override fun baseMapTiles(area: Bounds, pixelsAcross: Int): List<BaseMapTile> {
        tiled += area to pixelsAcross
        return SampleTiles.of(area)
    }

    override fun baseMapTile(name: TileName): ByteArray? {
        tilesRead += name
        return tile(name)
    }

    override fun setMetered(metered: Boolean) {
        this.metered += metered
    }

    override fun tasks(): List<Task> = tasks

    override fun act(case: DocumentId, act: CaseAct, photo: TakenPhoto?) {
        acts += act
        val page = case(case)
        pages[case] = page.copy(offered = emptyList(), timeline = page.timeline + Samples.asked(act))
    }

    override fun addPhoto(case: DocumentId, photo: TakenPhoto) {
        val page = case(case)
        val hash = keep(photo)
        val added = Photo(EntryId("photo $made"), hash, photo.purpose, "", Samples.person.id, Samples.now, PhotoState.ON_DEVICE)
        pages[case] = page.copy(photos = page.photos + added)
    }

    override fun addComment(case: DocumentId, text: String) {
        val page = case(case)
        pages[case] = page.copy(comments = page.comments + Note(EntryId("note"), Samples.person.id, Samples.now, text))
    }

    override fun addHazard(case: DocumentId, text: String) {
        val page = case(case)
        pages[case] = page.copy(hazards = page.hazards + Note(EntryId("hazard"), Samples.person.id, Samples.now, text))
    }

    override fun classes(): List<CaseClass> = Samples.classes

    override fun beginDraft(photo: TakenPhoto): Draft {
        made += 1
        val taken = DraftPhoto(keep(photo), photo.purpose, "")
        val draft = Draft(DraftId("draft $made"), Samples.now, fixes = photo.fixes, photos = listOf(taken))
        drafts.add(0, draft)
        return draft
    }

    override fun draft(id: DraftId): Draft = drafts.firstOrNull { it.id == id } ?: throw notFound()

    override fun drafts(limit: Int): List<Draft> = drafts.take(limit)

    override fun saveDraft(draft: Draft) {
        saves += draft
        change(draft.id) {
            draft.copy(photos = it.photos, unitGrid = it.unitGrid, component = it.component, possibleDuplicateOf = it.possibleDuplicateOf)
        }
    }

    override fun addPhotoToDraft(id: DraftId, photo: TakenPhoto): Draft {
        val draft = draft(id)
        val more = draft.copy(photos = draft.photos + DraftPhoto(keep(photo), photo.purpose, ""))
        drafts.replaceAll { if (it.id == id) more else it }
        return more
    }

    override fun removePhotoFromDraft(id: DraftId, photo: PhotoHash): Draft {
        val less = draft(id).let { it.copy(photos = it.photos.filter { kept -> kept.hash != photo }) }
        drafts.replaceAll { if (it.id == id) less else it }
        return less
    }

    override fun discardDraft(id: DraftId) {
        drafts.removeAll { it.id == id }
    }

    override fun report(id: DraftId): DocumentId {
        val draft = draft(id)
        if (draft.classCode == null) throw DeclinedProblem("unknown_class", "请先选择类别。", "Choose a class first.")
        drafts.remove(draft)
        reported += draft
        val name = Samples.classes.first { it.code == draft.classCode }.zh
        val case = DocumentId(id.text)
        val row =
            Samples.rows.first().copy(
                id = case,
                title = draft.title.ifBlank { name },
                className = name,
                state = CaseState.DRAFT,
                delivery = Delivery.OnDevice,
                updatedAt = Samples.now,
                declined = false,
                thumb = draft.photos.first().hash,
            )
        rows.add(0, row)
        val photos =
            draft.photos.map { Photo(EntryId(it.hash.text), it.hash, it.purpose, "", Samples.person.id, Samples.now, PhotoState.ON_DEVICE) }
        pages[case] = Samples.reported(case, draft.title.ifBlank { name }, name, photos)
        return case
    }

    override fun selfHandle(id: DraftId, point: Point?, note: String): DocumentId {
        settled += id to note
        return report(id)
    }

    override fun around(id: DraftId): Around = around(draft(id))

    override fun pickClass(id: DraftId, classCode: String): Draft = change(id) { it.copy(classCode = classCode) }

    override fun pickGrid(id: DraftId, grid: UnitGridCode?): Draft = change(id) { it.copy(unitGrid = grid) }

    override fun pickComponent(id: DraftId, component: ComponentCode?): Draft = change(id) { it.copy(component = component) }

    override fun pickPossibleDuplicate(id: DraftId, of: DocumentId?): Draft = change(id) { it.copy(possibleDuplicateOf = of) }

    private fun change(id: DraftId, edit: (Draft) -> Draft): Draft {
        drafts.replaceAll { if (it.id == id) edit(it) else it }
        return draft(id)
    }

    override fun phrases(use: PhraseUse, classCode: String?): List<String> = Samples.phrases

    override fun bodies(): List<Body> = Samples.bodies

    override fun openCheckin(checkin: NewCheckin): DocumentId {
        opened += checkin
        return DocumentId("checkin 2")
    }

    override fun checkins(after: PageEnd?, limit: Int): List<CheckinRow> =
        checkins.filter { after == null || it.updatedAt < after.updatedAt }.take(limit)

    override fun checkin(id: DocumentId): CheckinPage = checkinPages[id] ?: throw notFound()

    override fun writeStep(step: WrittenStep) {
        val page = checkin(step.checkin)
        checkinPages[step.checkin] = page.copy(steps = page.steps + Samples.step(step.kind, step.note))
    }

    override fun syncStatus() =
        SyncStatus(unsentTexts, unsentPhotos, if (outcome == SyncOutcome.Done) 0 else 2, lane.toList<SetAside>(), Samples.before(75), false, false, heldBack)

    override fun sync(link: Link, onProgress: (SyncStatus) -> Unit): SyncOutcome {
        if (outcome == SyncOutcome.Done) {
            unsentTexts = 0
            if (metered.lastOrNull() != true) heldBack = 0
            unsentPhotos = heldBack
            onProgress(syncStatus())
        }
        return outcome
    }

    override fun dismiss(id: EntryId) {
        lane.removeAll { it.id == id }
        pages.replaceAll { _, page -> page.copy(setAside = page.setAside.filter { it.id != id }) }
    }

    // What a person says of their own duty, what lies beside a case, and the room of photos.
    val leaves = DutySamples.leaves.toMutableList()
    val voices = mutableMapOf(DocumentId("case 1") to DutySamples.voices, DocumentId("case 3") to DutySamples.voices)
    val spoken = mutableListOf<Pair<DocumentId, ByteArray>>()

    /** Bytes of all photo files here, those of them that may go, and what was asked to be kept. */
    var photoRoom = 1_310_000_000L
    var freeable = 870_000_000L
    val keptBytes = mutableListOf<Long>()

    override fun declineTask(case: DocumentId, cause: DeclineCause, words: String) {
        tasks = tasks.map { if (it.case == case) it.copy(declined = DutySamples.declined(cause, words)) else it }
    }

    override fun sayLeave(from: Instant, until: Instant, words: String) {
        made += 1
        leaves += Leave(DutyNoteId("said $made"), from, until, words, Samples.now, DutyDelivery.ON_DEVICE, null, null)
    }

    override fun takeBackLeave(id: DutyNoteId) {
        leaves.replaceAll { if (it.id == id) it.copy(takenBack = DutyDelivery.ON_DEVICE) else it }
    }

    override fun leaves(): List<Leave> = leaves.sortedBy { it.from }

    override fun keepVoiceNote(case: DocumentId, recording: ByteArray) {
        made += 1
        spoken += case to recording
        val id = PrivateRecordId("spoken $made")
        val record = PrivateRecord(id, PrivateKind.VOICE_NOTE, Samples.now, recording.size.toLong(), PrivateDelivery.ON_DEVICE, null)
        voices[case] = privateRecords(case) + record
    }

    override fun privateRecords(case: DocumentId): List<PrivateRecord> = voices[case].orEmpty()

    override fun discardPrivate(id: PrivateRecordId) {
        voices.replaceAll { _, records -> records.filter { it.id != id } }
    }

    override fun photoBytes(): Long = photoRoom

    override fun freeOriginals(keepBytes: Long): Freed {
        keptBytes += keepBytes
        val bytes = (photoRoom - keepBytes).coerceIn(0, freeable)
        freeable -= bytes
        photoRoom -= bytes
        return Freed(bytes / 3_000_000, bytes, photoRoom)
    }

    private fun keep(photo: TakenPhoto): PhotoHash {
        made += 1
        return PhotoHash("taken $made").also { photos[it] = photo.jpeg }
    }

    private fun notFound() = NotFoundProblem("not_found", "本机没有这项内容；请联网同步后再看。", "This is not on this device; sync and look again.")
}
