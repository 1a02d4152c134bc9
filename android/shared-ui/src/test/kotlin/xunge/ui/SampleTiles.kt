package xunge.ui

import java.awt.BasicStroke
import java.awt.Color
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import java.util.Random
import javax.imageio.ImageIO
import xunge.core.BaseMap
import xunge.core.BaseMapTile
import xunge.core.Bounds
import xunge.core.Point
import xunge.core.TileName

/** Made-up streets around the made-up beat: bright, as a map for the day is. */
object SampleTiles {
    private const val SIDE = 256

    /** About 160 metres, in units of a point. */
    private const val LONGITUDES = 17_500
    private const val LATITUDES = 14_400
    private const val ZOOM = 18

    /** Far enough west and south that no number is below zero. */
    private val origin = Point(Samples.here.longitudeE7 - 100 * LONGITUDES, Samples.here.latitudeE7 - 100 * LATITUDES)

    val whole = BaseMap("郑州市底图（样例）", "样例底图，非真实地图  审图号：样例 0000 号", 8_400_000, 8_400_000, 12, ZOOM)

    /** Those that a rectangle touches. */
    fun of(area: Bounds): List<BaseMapTile> {
        val (west, south) = column(area.southWest.longitudeE7) to row(area.southWest.latitudeE7)
        val (east, north) = column(area.northEast.longitudeE7) to row(area.northEast.latitudeE7)
        return (west..east).flatMap { column -> (south..north).map { row -> tile(column, row) } }
    }

    private fun column(longitude: Int) = Math.floorDiv(longitude - origin.longitudeE7, LONGITUDES)

    private fun row(latitude: Int) = Math.floorDiv(latitude - origin.latitudeE7, LATITUDES)

    private fun tile(column: Int, row: Int): BaseMapTile {
        val corner = Point(origin.longitudeE7 + column * LONGITUDES, origin.latitudeE7 + row * LATITUDES)
        val opposite = Point(corner.longitudeE7 + LONGITUDES, corner.latitudeE7 + LATITUDES)
        return BaseMapTile(TileName(ZOOM, column.toLong(), row.toLong()), Bounds(corner, opposite))
    }

    fun png(name: TileName): ByteArray {
        val image = BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB)
        val pen = image.createGraphics()
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON)
        val park = (name.column + 2 * name.row) % 5 == 0L
        pen.color = if (park) Color(0xC9E7B4) else Color(0xF3EFE7)
        pen.fillRect(0, 0, SIDE, SIDE)
        val random = Random(name.column * 1_000 + name.row)
        if (!park) {
            for (x in 0..4) for (y in 0..4) {
                if (random.nextInt(4) == 0) continue
                pen.color = Color(0xDDD3C8)
                pen.fillRect(x * 52 + 8, y * 52 + 8, 22 + random.nextInt(14), 20 + random.nextInt(16))
            }
        }
        // In the middle of each tile, so that they go on in the next one.
        for ((ink, width) in listOf(Color(0xC7BDB0) to 32f, Color.WHITE to 27f)) {
            pen.color = ink
            pen.stroke = BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER)
            if (name.row % 2 == 0L) pen.drawLine(-SIDE, SIDE / 2, 2 * SIDE, SIDE / 2)
            if (name.column % 2 == 0L) pen.drawLine(SIDE / 2, -SIDE, SIDE / 2, 2 * SIDE)
        }
        pen.dispose()
        return ByteArrayOutputStream().also { check(ImageIO.write(image, "png", it)) { "no PNG writer here" } }.toByteArray()
    }
}
