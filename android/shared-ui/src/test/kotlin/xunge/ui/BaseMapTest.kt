package xunge.ui

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import xunge.core.Bounds
import xunge.core.TileName
import xunge.ui.state.BaseMapLayer
import xunge.ui.state.FieldState
import xunge.ui.state.MapState
import xunge.ui.state.MapView
import xunge.ui.state.SettingsState

private const val PICTURES_MAX = 96

/** The base map under a map, without a screen. */
class BaseMapTest {
    private val core = FakeCore().apply { baseMap = SampleTiles.whole }
    private val platform = FakePlatform()
    private val field = FieldState(core, platform)
    private val layer = BaseMapLayer(field)
    private val near = MapView(Samples.here, 200.0).area(1.5)
    private val beside = MapView(Samples.east(400), 200.0).area(1.5)

    private fun names(area: Bounds) = SampleTiles.of(area).map { it.name }

    @Test
    fun `what is in view is drawn, each tile read once`() {
        layer.load()
        layer.show(near, 360)
        assertEquals(listOf(near to 360), core.tiled)
        assertEquals(names(near), layer.drawn.map { it.first.name })
        layer.show(near, 360)
        layer.show(beside, 360)
        layer.show(near, 360)
        assertEquals((names(near) + names(beside)).toSet().size, core.tilesRead.size)
        assertEquals(names(near).toSet(), layer.drawn.map { it.first.name }.toSet())
    }

    @Test
    fun `without a base map nothing is asked for and nothing drawn`() {
        core.baseMap = null
        layer.load()
        layer.show(near, 360)
        assertEquals(0 to 0, core.tiled.size to core.tilesRead.size)
        assertEquals(emptyList<Any>(), layer.drawn)
        // It came with a round of sync: the same view has streets.
        core.baseMap = SampleTiles.whole
        layer.load()
        assertEquals(names(near), layer.drawn.map { it.first.name })
    }

    @Test
    fun `of many views only the last is looked up, and what was there stays until the next can be drawn`() {
        layer.load()
        layer.show(near, 360)
        val held = ArrayDeque<() -> Unit>()
        platform.held = held
        for (east in 1..20) layer.show(MapView(Samples.east(east * 20), 200.0).area(1.5), 360)
        assertEquals(1, held.size)
        held.removeFirst()()
        assertEquals(1, held.size, "the last one follows; nineteen views are gone")
        held.removeFirst()()
        assertEquals(beside, core.tiled.last().first)
        assertTrue(layer.drawn.map { it.first.name }.containsAll(names(near)), "no hole while the others are read")
        while (held.isNotEmpty()) held.removeFirst()()
        assertEquals(names(beside), layer.drawn.map { it.first.name })
    }

    @Test
    fun `few stay decoded, and what is no picture is asked for once`() {
        val many = (0L until 200).map { TileName(18, it, 0) }
        many.chunked(50).forEach(field.tilePictures::want)
        assertEquals(many, core.tilesRead)
        assertEquals(PICTURES_MAX, many.count { field.tilePictures.picture(it) != null })
        assertNotNull(field.tilePictures.picture(many.last()))
        // Wanted again, it is not the one that goes.
        val oldest = many[200 - PICTURES_MAX]
        field.tilePictures.want(listOf(oldest))
        field.tilePictures.want(listOf(TileName(18, 500, 0)))
        assertNotNull(field.tilePictures.picture(oldest))
        assertNull(field.tilePictures.picture(many[200 - PICTURES_MAX + 1]))

        val blank = FakeCore().also { it.baseMap = SampleTiles.whole; it.tile = { byteArrayOf(1, 2, 3) } }
        val field = FieldState(blank, platform)
        repeat(3) { field.tilePictures.want(many.take(2)) }
        assertEquals(many.take(2), blank.tilesRead)
        assertTrue(field.tilePictures.isRead(many[0]))
        assertNull(field.tilePictures.picture(many[0]))
    }

    @Test
    fun `another map takes the place of the first, also of what is being read`() {
        layer.load()
        val held = ArrayDeque<() -> Unit>()
        platform.held = held
        layer.show(near, 360)
        held.removeFirst()()
        assertFalse(field.tilePictures.isRead(names(near).first()), "it is being read")
        core.baseMap = SampleTiles.whole.copy(title = "第二版")
        layer.load()
        core.tilesRead.clear()
        while (held.isNotEmpty()) held.removeFirst()()
        assertEquals("第二版", layer.base?.title)
        assertEquals(names(near).toSet(), core.tilesRead.drop(1).toSet(), "all are read again")
        assertEquals(names(near), layer.drawn.map { it.first.name })
    }

    @Test
    fun `a map page brings it, lets it go, and says what the rest waits for`() {
        core.baseMap = SampleTiles.whole.copy(bytesHere = 10)
        platform.metered = true
        val page = MapState(field)
        field.start()
        field.open(page)
        page.ground.show(near, 360)
        assertEquals(true to false, page.ground.waits to page.ground.base!!.complete)
        field.back()
        assertNull(field.tilePictures.picture(names(near).first()))
        val settings = SettingsState(field)
        field.open(settings)
        assertEquals(core.baseMap to true, settings.baseMap to settings.baseMapWaits)
    }
}
