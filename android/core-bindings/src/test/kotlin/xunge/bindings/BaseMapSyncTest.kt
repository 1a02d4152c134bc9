package xunge.bindings

import java.io.ByteArrayInputStream
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import xunge.core.Bounds
import xunge.core.FieldCore
import xunge.core.Point
import xunge.core.SyncOutcome

private const val ROUNDS_MAX = 100
private const val PIXELS_ACROSS = 360
private const val ATTRIBUTION = "样图，审图号 GS(2025)0001号"

/** About 400 metres across, in the beat of the worker. */
private val IN_VIEW = Bounds(Point(1_137_839_000, 347_534_000), Point(1_137_883_000, 347_570_000))

/** The base map of a real hub on a device behind the bad network: told of, held back, fetched, drawn. */
class BaseMapSyncTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `a base map waits while the link costs, comes over cuts, and is drawn`() {
        Hub(folder.resolve("hub"), cases = 0).use { hub ->
            val file = folder.resolve("sample.mbtiles").toString()
            hub.command("base-map", "sample", "--to", file, "--zoom-max", "16")
            hub.command("base-map", "import", "--attribution", ATTRIBUTION, file)
            ChaosProxy(hub).use { proxy ->
                val keys = KeyFolder(folder.resolve("keys"))
                val core = BoundCore.open(Files.createDirectories(folder.resolve("phone")), keys.deviceKey(), keys.storeKey())
                core.enrol(proxy.url, hub.enrolmentCode, network())
                waits(core)
                proxy.weather("--delay-ms 5 --cut-after-bytes 200000 --seed 2")
                comes(core)
                assertTrue(proxy.counters().getValue("cuts") > 0)
                drawn(core)
                core.shutDown()
            }
        }
    }

    private fun waits(core: FieldCore) {
        core.setMetered(true)
        repeat(2) { assertEquals(SyncOutcome.Done, core.sync(network())) }
        val told = core.baseMap()!!
        assertEquals(ATTRIBUTION to 0L, told.attribution to told.bytesHere)
        assertTrue(told.bytes > 256 * 1024, "several pieces: ${told.bytes}")
        assertEquals(emptyList<Any>(), core.baseMapTiles(IN_VIEW, PIXELS_ACROSS))
    }

    private fun comes(core: FieldCore) {
        core.setMetered(false)
        var here = 0L
        repeat(ROUNDS_MAX) {
            core.sync(network())
            val standing = core.baseMap()!!
            assertTrue(standing.bytesHere >= here, "what came before a cut is kept")
            here = standing.bytesHere
            if (standing.complete) return
        }
        error("still not here: ${core.baseMap()}, ${core.syncStatus().baseMapProblem}")
    }

    private fun drawn(core: FieldCore) {
        val map = core.baseMap()!!
        val tiles = core.baseMapTiles(IN_VIEW, PIXELS_ACROSS)
        assertTrue(tiles.isNotEmpty() && tiles.all { it.name.zoom in map.zoomMin..map.zoomMax })
        for (tile in tiles) {
            val picture = ImageIO.read(ByteArrayInputStream(core.baseMapTile(tile.name)))
            assertEquals(256, picture.width)
            assertTrue(tile.area.southWest.longitudeE7 < IN_VIEW.northEast.longitudeE7 && tile.area.northEast.longitudeE7 > IN_VIEW.southWest.longitudeE7)
        }
        // Side by side they leave no hole: each edge within is the next one's.
        val (west, east) = tiles.minOf { it.area.southWest.longitudeE7 } to tiles.maxOf { it.area.northEast.longitudeE7 }
        assertTrue(west <= IN_VIEW.southWest.longitudeE7 && east >= IN_VIEW.northEast.longitudeE7, "all of the width is covered")
    }
}
