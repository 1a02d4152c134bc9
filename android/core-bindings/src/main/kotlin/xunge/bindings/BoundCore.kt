package xunge.bindings

import java.nio.file.Path
import uniffi.xunge_mobile.Call
import uniffi.xunge_mobile.FieldApp
import uniffi.xunge_mobile.PersonView
import uniffi.xunge_mobile.Step
import uniffi.xunge_mobile.StepPhoto
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
import xunge.core.CheckinPage
import xunge.core.CheckinRow
import xunge.core.ComponentCode
import xunge.core.DeclineCause
import xunge.core.DeviceKey
import xunge.core.DocumentId
import xunge.core.Draft
import xunge.core.DraftId
import xunge.core.DutyNoteId
import xunge.core.EntryId
import xunge.core.FieldCore
import xunge.core.Freed
import xunge.core.HomePage
import xunge.core.Instant
import xunge.core.Leave
import xunge.core.Link
import xunge.core.MePage
import xunge.core.NewCheckin
import xunge.core.NotEnrolledProblem
import xunge.core.OrganisationId
import xunge.core.PageEnd
import xunge.core.Person
import xunge.core.PersonId
import xunge.core.PhotoHash
import xunge.core.PhraseUse
import xunge.core.Point
import xunge.core.PrivateRecord
import xunge.core.PrivateRecordId
import xunge.core.StoreKey
import xunge.core.SyncOutcome
import xunge.core.SyncStatus
import xunge.core.TakenPhoto
import xunge.core.Task
import xunge.core.TileName
import xunge.core.UnitGridCode
import xunge.core.WrittenStep
import xunge.core.WrittenStepKind

private const val HOME_ROWS_MAX = 5u

/** Whose voice it is, as the subjects of a case are counted: on site nobody numbers them. */
private val FIRST_SUBJECT: UByte = 1u

/** The real core behind our own types: the only class that calls generated code. It decides nothing. */
class BoundCore private constructor(private val app: FieldApp) : FieldCore {
    companion object {
        /** Opens the store in this folder, making it where there is none. Fails with a [xunge.core.Problem]. */
        fun open(folder: Path, deviceKey: DeviceKey, storeKey: StoreKey): BoundCore = asked {
            BoundCore(FieldApp.open(folder.toString(), Signing(deviceKey), Wrapping(storeKey)))
        }
    }

    override fun enrol(serverUrl: String, code: String, link: Link): Person = asked {
        val start = app.beginEnrolment(serverUrl, code)
        start.enrolment.use { enrolment ->
            val answer = link.perform(serverUrl, start.serverPin, start.request.own())
            app.finishEnrolment(enrolment, answer.core()).own()
        }
    }

    override fun home(): HomePage = asked {
        val person = enrolled()
        val home = app.home(null, HOME_ROWS_MAX)
        HomePage(
            person = person,
            status = home.sync.own(),
            drafts = home.drafts.map { it.own() },
            recent = home.recent.map { it.own() },
            tasks = tasks(),
        )
    }

    override fun me(): MePage? = asked {
        app.me()?.let { person ->
            val protection = app.storeProtection()
            MePage(person.own(), app.serverUrl().orEmpty(), protection.encrypted, protection.inHardware)
        }
    }

    override fun cases(after: PageEnd?, limit: Int): List<CaseRow> = asked {
        app.cases(after?.core(), limit.toUInt()).map { it.own() }
    }

    override fun search(text: String, limit: Int): List<CaseRow> = asked {
        app.search(text, limit.toUInt()).map { it.own() }
    }

    override fun case(id: DocumentId): CasePage = asked { app.show(id.text).own() }

    override fun map(area: Bounds?): BeatMap = asked { app.map(area?.core()).own() }

    override fun baseMap(): BaseMap? = asked { app.baseMap()?.own() }

    override fun baseMapTiles(area: Bounds, pixelsAcross: Int): List<BaseMapTile> = asked {
        app.baseMapTiles(area.core(), pixelsAcross.coerceAtLeast(1).toUInt()).map { it.own() }
    }

    override fun baseMapTile(name: TileName): ByteArray? = asked {
        app.baseMapTile(name.zoom.toUByte(), name.column.toUInt(), name.row.toUInt())
    }

    override fun tasks(): List<Task> = asked { app.tasks().map { it.own() } }

    override fun act(case: DocumentId, act: CaseAct, photo: TakenPhoto?) {
        asked {
            if (photo == null) {
                app.act(case.text, act.core(null))
            } else {
                app.actWithPhoto(case.text, act.core(photo.point), photo.details(), photo.direct())
            }
        }
    }

    override fun addPhoto(case: DocumentId, photo: TakenPhoto) {
        asked { app.attach(case.text, photo.details(), photo.direct()) }
    }

    override fun addComment(case: DocumentId, text: String) {
        asked { app.comment(case.text, text) }
    }

    override fun addHazard(case: DocumentId, text: String) {
        asked { app.hazard(case.text, text) }
    }

    override fun classes(): List<CaseClass> = asked { app.classes().map { it.own() } }

    override fun beginDraft(photo: TakenPhoto): Draft = asked { app.draft(app.beginWithPhoto(photo.details(), photo.direct())).own() }

    override fun draft(id: DraftId): Draft = asked { app.draft(id.text).own() }

    override fun drafts(limit: Int): List<Draft> = asked { app.drafts(null, limit.toUInt()).map { it.own() } }

    override fun saveDraft(draft: Draft) = asked {
        app.saveDraft(draft.id.text, app.draft(draft.id.text).content.with(draft))
    }

    override fun addPhotoToDraft(id: DraftId, photo: TakenPhoto): Draft = asked {
        app.attachToDraft(id.text, photo.details(), photo.direct())
        app.draft(id.text).own()
    }

    override fun removePhotoFromDraft(id: DraftId, photo: PhotoHash): Draft = asked {
        app.detachFromDraft(id.text, photo.text)
        app.draft(id.text).own()
    }

    override fun discardDraft(id: DraftId) = asked { app.discardDraft(id.text) }

    override fun report(id: DraftId): DocumentId = asked { DocumentId(app.report(id.text)) }

    override fun selfHandle(id: DraftId, point: Point?, note: String): DocumentId = asked {
        DocumentId(app.selfHandle(id.text, point?.core(), note))
    }

    override fun around(id: DraftId): Around = asked { app.aroundDraft(id.text).own() }

    override fun pickClass(id: DraftId, classCode: String): Draft = picked(id) { app.pickClass(it, classCode) }

    override fun pickGrid(id: DraftId, grid: UnitGridCode?): Draft = picked(id) { app.pickGrid(it, grid?.text) }

    override fun pickComponent(id: DraftId, component: ComponentCode?): Draft = picked(id) { app.pickComponent(it, component?.text) }

    override fun pickPossibleDuplicate(id: DraftId, of: DocumentId?): Draft = picked(id) { app.pickPossibleDuplicate(it, of?.text) }

    private fun picked(id: DraftId, pick: (String) -> Unit): Draft = asked {
        pick(id.text)
        app.draft(id.text).own()
    }

    override fun phrases(use: PhraseUse, classCode: String?): List<String> = asked { app.phrases(use.core(), classCode).map { it.text } }

    override fun checkins(after: PageEnd?, limit: Int): List<CheckinRow> = asked {
        app.checkins(after?.core(), limit.toUInt()).map { it.own() }
    }

    override fun checkin(id: DocumentId): CheckinPage = asked { app.showCheckin(id.text).own() }

    override fun writeStep(step: WrittenStep) {
        asked {
            val photos = step.photos.map { StepPhoto(it.details(), it.jpeg) }
            val point = step.photos.firstNotNullOfOrNull { it.point }
            app.addStep(step.checkin.text, step.content(), "", point?.core(), photos)
        }
    }

    override fun bodies(): List<Body> = asked { app.bodies().map { Body(OrganisationId(it.id), it.name) } }

    override fun openCheckin(checkin: NewCheckin): DocumentId = asked {
        val visiting = checkin.visiting.map { it.text }
        val hosts = checkin.hosts.map { it.text }
        val calls = checkin.calls.map { Call(it.party.text, it.obligation, it.due.millis) }
        DocumentId(app.openCheckin(checkin.title, checkin.initiation.core(), checkin.subject.core(), visiting, hosts, calls))
    }

    private fun WrittenStep.content(): Step =
        when (kind) {
            WrittenStepKind.TALK -> Step.Talk(note)
            WrittenStepKind.SURVEY -> Step.Survey(note, null)
            WrittenStepKind.CAUSE -> Step.Cause(note)
            WrittenStepKind.PROGRESS -> Step.Progress(note, null)
            WrittenStepKind.ARRIVAL -> Step.Arrival(enrolled().organisation?.text.orEmpty(), note)
        }

    override fun syncStatus(): SyncStatus = asked { app.syncStatus().own() }

    override fun setMetered(metered: Boolean) = asked { app.setMetered(metered) }

    override fun sync(link: Link, onProgress: (SyncStatus) -> Unit): SyncOutcome = asked { app.syncRound(link, onProgress) }

    override fun dismiss(id: EntryId) = asked { app.dismiss(id.text) }

    override fun declineTask(case: DocumentId, cause: DeclineCause, words: String) {
        asked { app.declineTask(case.text, cause.core(), words) }
    }

    override fun sayLeave(from: Instant, until: Instant, words: String) {
        asked { app.sayLeave(from.millis, until.millis, words) }
    }

    override fun takeBackLeave(id: DutyNoteId) = asked { app.takeBackLeave(id.text) }

    override fun leaves(): List<Leave> = asked { app.leaves().map { it.own() } }

    override fun keepVoiceNote(case: DocumentId, recording: ByteArray) {
        asked { app.keepVoiceNote(case.text, FIRST_SUBJECT, recording.direct()) }
    }

    override fun privateRecords(case: DocumentId): List<PrivateRecord> = asked { app.privateRecords(case.text).map { it.own() } }

    override fun discardPrivate(id: PrivateRecordId) = asked { app.discardPrivate(id.text) }

    /** Freeing nothing tells how much there is. */
    override fun photoBytes(): Long = freeOriginals(Long.MAX_VALUE).bytesLeft

    override fun freeOriginals(keepBytes: Long): Freed = asked { app.freeOriginals(keepBytes.coerceAtLeast(0).toULong()).own() }

    override fun serverTime(): Instant = asked { Instant(app.hubTime()) }

    override fun photo(hash: PhotoHash): ByteArray = asked { app.photoBytes(hash.text) }

    override fun suspend() = asked { app.suspend() }

    override fun resume() = asked { app.resume() }

    /** The object itself is let go by the collector: a call that comes too late is told so, not thrown off. */
    override fun shutDown() = app.shutDown()

    private fun enrolled(): Person =
        app.me()?.own()
            ?: throw NotEnrolledProblem("not_enrolled", "此设备尚未登记；请向管理员索取登记码。", "This device is not enrolled; ask the administrator for a code.")
}

private fun PersonView.own() =
    Person(PersonId(id), name, roles.map { it.own() }, organisation?.let(::OrganisationId), dutyGrids)
