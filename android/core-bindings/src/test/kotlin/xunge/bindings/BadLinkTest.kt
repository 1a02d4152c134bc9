package xunge.bindings

import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import xunge.core.CaseState
import xunge.core.Delivery
import xunge.core.DocumentId
import xunge.core.FieldCore
import xunge.core.Fix
import xunge.core.Instant
import xunge.core.LinkRequest
import xunge.core.PhotoPurpose
import xunge.core.PhotoState
import xunge.core.Point
import xunge.core.SyncOutcome
import xunge.core.TakenPhoto

private const val ROUNDS_MAX = 200
private const val CUT_AFTER_BYTES = 60_000L
private val CORNER = Point(longitudeE7 = 1_137_861_000, latitudeE7 = 347_552_000)

/** The real core over the app's own network to a real hub, through the harness's bad network. */
class BadLinkTest {
    @TempDir lateinit var folder: Path

    private val photos = listOf(picture(11), picture(12))

    private fun open(): FieldCore {
        val keys = KeyFolder(folder.resolve("keys"))
        return BoundCore.open(Files.createDirectories(folder.resolve("phone")), keys.deviceKey(), keys.storeKey())
    }

    @Test
    fun `enrolled, reported and sent through delays, cuts and repetitions, until all of it is ruled and acknowledged`() {
        Hub(folder.resolve("hub")).use { hub ->
            ChaosProxy(hub).use { proxy ->
                val core = open()
                fair(core, hub, proxy)
                val case = report(core)
                proxy.weather("--delay-ms 15 --duplicate-requests 0.4 --cut-after-bytes $CUT_AFTER_BYTES --seed 5")
                val before = proxy.counters().getValue("bytes_up")
                val link = RememberingLink(network())
                val broken = sync(core, link)
                val counters = proxy.counters()
                assertTrue(counters.getValue("cuts") > 0 && counters.getValue("duplicates") > 0, "the link was bad: $counters")
                received(core, hub, case)
                sentOnce(link, broken, proxy, counters.getValue("bytes_up") - before)
                core.shutDown()
            }
        }
    }

    /** Enrolled and synced while the link is fair: to the byte what the core asked for went over the wire, and no header more. */
    private fun fair(core: FieldCore, hub: Hub, proxy: ChaosProxy) {
        val link = RememberingLink(network())
        assertEquals("worker-putian", core.enrol(proxy.url, hub.enrolmentCode, link).id.text)
        assertEquals(SyncOutcome.Done, core.sync(link))
        assertEquals(link.requests.sumOf { it.bytesOnWire(proxy.url) }, proxy.counters().getValue("bytes_up"))
    }

    private fun report(core: FieldCore): DocumentId {
        val fix = Fix(CORNER, accuracyMetres = 8, provider = "gps", at = Instant(1_751_252_400_000))
        val draft = core.beginDraft(TakenPhoto(photos[0], PhotoPurpose.FOUND, listOf(fix)))
        core.addPhotoToDraft(draft.id, TakenPhoto(photos[1], PhotoPurpose.FOUND, listOf(fix)))
        val road = core.classes().first { it.zh == "路面破损" }
        core.saveDraft(core.pickClass(draft.id, road.code).copy(title = road.zh))
        return core.report(draft.id)
    }

    /** Rounds until nothing is left; answers the request at which each broke off. */
    private fun sync(core: FieldCore, link: RememberingLink): Set<LinkRequest> {
        val broken = mutableSetOf<LinkRequest>()
        repeat(ROUNDS_MAX) {
            if (core.sync(link) == SyncOutcome.Done) {
                assertTrue(core.syncStatus().allSafe)
                return broken
            }
            broken += link.requests.last()
        }
        error("still not done after $ROUNDS_MAX rounds: ${core.syncStatus()}")
    }

    private fun received(core: FieldCore, hub: Hub, case: DocumentId) {
        val page = core.case(case)
        assertEquals(CaseState.REPORTED to Delivery.Received, page.state to page.delivery)
        assertEquals(setOf(PhotoState.RECEIVED), page.photos.map { it.state }.toSet())
        assertEquals(1, page.timeline.size, "what came twice was ruled once")
        assertTrue(page.timeline.single().ruling!!.accepted)
        assertEquals(emptyList<Any>(), core.syncStatus().setAside)
        for (photo in photos) assertEquals(sha256(photo), sha256(hub.photoSeenBy("clerk", sha256(photo))))
    }

    /** The client repeated nothing, and the core only what a broken request did not bring. */
    private fun sentOnce(link: RememberingLink, broken: Set<LinkRequest>, proxy: ChaosProxy, bytesUp: Long) {
        assertTrue(broken.isNotEmpty())
        assertTrue(bytesUp <= link.requests.sumOf { it.bytesOnWire(proxy.url) }, "each request went over the wire once at most: $bytesUp")
        val arrived = (link.requests - broken).filter { it.method == "PUT" }
        assertTrue(arrived.size > photos.size, "photos and their previews travelled in pieces")
        for ((path, pieces) in arrived.groupBy { it.path }) {
            val bytes = pieces.flatMap { it.range() }
            assertEquals(bytes.size, bytes.toSet().size, "no byte of $path arrived twice")
        }
    }

    /** Which bytes of a photo it brings. */
    private fun LinkRequest.range(): IntRange {
        val (from, last) = Regex("bytes (\\d+)-(\\d+)/").find(headers.getValue("content-range"))!!.destructured
        return from.toInt()..last.toInt()
    }
}
