package xunge.core

/**
 * The core as screens see it. Every call blocks on one lock and most read the disk: call from one background thread.
 * A failed call throws a [Problem].
 */
interface FieldCore :
    Enrolling, Cases, BaseMaps, Tasks, Duty, Drafts, Capturing, Checkins, Syncing, PrivateRecords, PhotoFiles {
    /** Today. Only on an enrolled device. */
    fun home(): HomePage

    /** This person and this device; nothing before enrolment. */
    fun me(): MePage?

    /** What time it is by the server's clock, as far as this device knows: what is due is due by that. */
    fun serverTime(): Instant

    /** The bytes of a photo, checked against its name. */
    fun photo(hash: PhotoHash): ByteArray

    /** Closes all files before the system freezes the app. Twice is as good as once. */
    fun suspend()

    /** Opens them again. */
    fun resume()

    /** Lets everything go; every later call fails. */
    fun shutDown()
}

/** A one-time code becomes a device of a person. */
interface Enrolling {
    /** Redeems a code over the link. Fails with a [LinkProblem] where nobody answers; the code can be tried again. */
    fun enrol(serverUrl: String, code: String, link: Link): Person
}

interface Cases {
    /** A page, newest first. */
    fun cases(after: PageEnd?, limit: Int): List<CaseRow>

    /** Those whose text holds this, newest first. */
    fun search(text: String, limit: Int): List<CaseRow>

    fun case(id: DocumentId): CasePage

    /** What a map draws of a rectangle, or of the whole beat. */
    fun map(area: Bounds?): BeatMap

    /** Asks for a decision, together with the photo it needs: both or neither. What the worker can mend is declined at once. */
    fun act(case: DocumentId, act: CaseAct, photo: TakenPhoto?)

    fun addPhoto(case: DocumentId, photo: TakenPhoto)

    fun addComment(case: DocumentId, text: String)

    fun addHazard(case: DocumentId, text: String)
}

/** What is drawn under the map of the beat, where the city has such a thing. Nothing depends on it. */
interface BaseMaps {
    /** What the server offers of it for these beats, and how much is here; nothing where it has none, or none is known of yet. */
    fun baseMap(): BaseMap?

    /** The tiles that are here of a rectangle drawn so many pixels wide, at about their own size; 64 at most. */
    fun baseMapTiles(area: Bounds, pixelsAcross: Int): List<BaseMapTile>

    /** The picture of a tile: PNG, JPEG or WebP. */
    fun baseMapTile(name: TileName): ByteArray?
}

interface Tasks {
    /** Open tasks as the server last told them, the one due first first. */
    fun tasks(): List<Task>

    /** 拒派: it goes to the next, and never comes back to this person. Another cause needs words. Twice is as good as once. */
    fun declineTask(case: DocumentId, cause: DeclineCause, words: String)
}

/** What this person says of their own duty: kept at once, sent with the next round of sync. */
interface Duty {
    /** From an instant until another one, which is not included. */
    fun sayLeave(from: Instant, until: Instant, words: String)

    fun takeBackLeave(id: DutyNoteId)

    /** Those said on this device that have not been over for a month, the one that begins first first. */
    fun leaves(): List<Leave>
}

interface Drafts {
    /** Every minor class of the city's table, in its order. */
    fun classes(): List<CaseClass>

    /** Begins a draft with its first photo; both are safe once this returns. */
    fun beginDraft(photo: TakenPhoto): Draft

    fun draft(id: DraftId): Draft

    fun drafts(limit: Int): List<Draft>

    /** Saves everything but what is added, removed and picked by itself: photos, unit grid, component, possible duplicate. */
    fun saveDraft(draft: Draft)

    fun addPhotoToDraft(id: DraftId, photo: TakenPhoto): Draft

    fun removePhotoFromDraft(id: DraftId, photo: PhotoHash): Draft

    fun discardDraft(id: DraftId)

    /** 上报: the case is durable and in the list once this returns. A draft that cannot be reported stays as it is. */
    fun report(id: DraftId): DocumentId

    /** 自行处置: submits a draft with photos before and after as settled on the spot, where the worker stands at `point`. */
    fun selfHandle(id: DraftId, point: Point?, note: String): DocumentId
}

/** What is offered at capture, without signal. What is picked can be picked anew until it is reported. */
interface Capturing {
    fun around(id: DraftId): Around

    /** Sets the class, and names the component that stands here where it is one's. */
    fun pickClass(id: DraftId, classCode: String): Draft

    fun pickGrid(id: DraftId, grid: UnitGridCode?): Draft

    fun pickComponent(id: DraftId, component: ComponentCode?): Draft

    /** Says which case it may repeat: a hint that travels with the report. */
    fun pickPossibleDuplicate(id: DraftId, of: DocumentId?): Draft

    /** Texts ready to be touched: those of the class first. */
    fun phrases(use: PhraseUse, classCode: String?): List<String>
}

interface Checkins {
    /** A page, newest first. */
    fun checkins(after: PageEnd?, limit: Int): List<CheckinRow>

    fun checkin(id: DocumentId): CheckinPage

    fun writeStep(step: WrittenStep)

    /** Every body that can be a party. */
    fun bodies(): List<Body>

    /** Opens one; only a branch secretary may. */
    fun openCheckin(checkin: NewCheckin): DocumentId
}

interface Syncing {
    fun syncStatus(): SyncStatus

    /**
     * Says what the link costs from here on; nothing until the app is closed. While it is metered, texts and previews
     * go, and photo files and the base map wait.
     */
    fun setMetered(metered: Boolean)

    /** Runs one round over the link until nothing is left or it does not come through; says what is left after each request. */
    fun sync(link: Link, onProgress: (SyncStatus) -> Unit = {}): SyncOutcome

    /** Takes refused work out of the lane once its author has seen it. It stays in the store. */
    fun dismiss(id: EntryId)
}

/** Personal data, which is kept beside a case. */
interface PrivateRecords {
    /** Keeps a recording with a case or a draft; of [VOICE_NOTE_BYTES_MAX] at most. */
    fun keepVoiceNote(case: DocumentId, recording: ByteArray)

    /** What this device kept with a case or a draft, oldest first. */
    fun privateRecords(case: DocumentId): List<PrivateRecord>

    /** Throws away one that waits, or that the server refused. */
    fun discardPrivate(id: PrivateRecordId)
}

/** The room that photo files take on this device. */
interface PhotoFiles {
    /** Bytes of all photo files here. */
    fun photoBytes(): Long

    /** Frees originals, the oldest first, until all photo files are so many bytes together or no more may go. */
    fun freeOriginals(keepBytes: Long): Freed
}
