package xunge.platform

import java.lang.reflect.Proxy
import java.security.MessageDigest
import xunge.core.Draft
import xunge.core.DraftId
import xunge.core.FieldCore
import xunge.core.Freed
import xunge.core.Instant
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.LinkRequest
import xunge.core.MePage
import xunge.core.NotFoundProblem
import xunge.core.PhotoHash
import xunge.core.SyncOutcome
import xunge.core.SyncStatus
import xunge.core.TakenPhoto

/** Whatever is not written out in the fake is not the platform's to ask: it fails the test. */
private val nothing =
    Proxy.newProxyInstance(FieldCore::class.java.classLoader, arrayOf(FieldCore::class.java)) { _, method, _ ->
        error("the platform asked for ${method.name}")
    } as FieldCore

/** A fake of the little that the platform asks the core for. Nobody is enrolled. */
class FakeCore : FieldCore by nothing {
    /** What was asked, in order. */
    val asked = mutableListOf<String>()
    val drafts = mutableListOf<TakenPhoto>()
    private val photos = mutableMapOf<PhotoHash, ByteArray>()

    /** What the next draft fails with. */
    var draftFails: Exception? = null

    /** What a round does; it may use the link. */
    var round: (Link) -> SyncOutcome = { SyncOutcome.Done }

    /** As a screen does it: the photo is in the core. */
    fun keep(photo: TakenPhoto) {
        photos[PhotoHash(sha256(photo.jpeg))] = photo.jpeg
    }

    /** What the link was said to cost before each round. */
    val metered = mutableListOf<Boolean>()

    override fun setMetered(metered: Boolean) {
        this.metered += metered
    }

    override fun suspend() {
        asked += "suspend"
    }

    override fun resume() {
        asked += "resume"
    }

    override fun me(): MePage? = null

    override fun freeOriginals(keepBytes: Long): Freed {
        asked += "free"
        return Freed(0, 0, 0)
    }

    override fun photo(hash: PhotoHash): ByteArray = photos[hash] ?: throw NotFoundProblem("blob_missing", "没有", "not here")

    override fun beginDraft(photo: TakenPhoto): Draft {
        draftFails?.let { throw it }
        keep(photo)
        drafts += photo
        return Draft(DraftId("draft"), Instant(0))
    }

    override fun sync(link: Link, onProgress: (SyncStatus) -> Unit): SyncOutcome {
        asked += "sync"
        return round(link)
    }
}

/** Asks the link as the core does; what comes of it when nobody answers. */
fun askedOver(link: Link): SyncOutcome {
    val answer = link.perform("https://hub.example", null, LinkRequest("POST", "/api/sync", emptyMap(), ByteArray(0)))
    return if (answer is LinkAnswer.Answered) SyncOutcome.Done else SyncOutcome.Later(60_000, null)
}

fun sha256(bytes: ByteArray): String = MessageDigest.getInstance("SHA-256").digest(bytes).joinToString("") { "%02x".format(it) }
