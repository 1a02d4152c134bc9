package xunge.ui

import java.awt.BasicStroke
import java.awt.Color
import java.awt.GradientPaint
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import java.util.Random
import javax.imageio.ImageIO

/** Drawn street scenes in place of photos: nobody's street, nobody's face. */
object SamplePhoto {
    private const val WIDTH = 320
    private const val HEIGHT = 240

    fun jpeg(kind: Int): ByteArray {
        val image = BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB)
        val pen = image.createGraphics()
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON)
        val random = Random(kind.toLong())
        val skies = listOf(0x9DB8CC, 0x8FA3B0, 0x20283A, 0xB9B4A6, 0x9AB0A4, 0xC2B49B)
        pen.paint = GradientPaint(0f, 0f, Color(skies[kind % skies.size]), 0f, 120f, Color(0xD8DEDF))
        pen.fillRect(0, 0, WIDTH, 130)
        for (house in 0..4) {
            val shade = 110 + random.nextInt(60)
            pen.color = Color(shade, shade - 6, shade - 14)
            val top = 20 + random.nextInt(60)
            pen.fillRect(house * 70 - 10, top, 60, 120 - top)
            pen.color = Color(shade - 40, shade - 40, shade - 34)
            for (x in 0..2) for (y in 0..2) pen.fillRect(house * 70 + x * 18 - 2, top + 12 + y * 24, 9, 13)
        }
        pen.paint = GradientPaint(0f, 120f, Color(0x8A8C8E), 0f, 240f, Color(0x5A5C5F))
        pen.fillRect(0, 120, WIDTH, 120)
        pen.color = Color(0xD9D6CB)
        pen.stroke = BasicStroke(5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1f, floatArrayOf(22f, 18f), 0f)
        pen.drawLine(0, 150, WIDTH, 138)
        subject(pen, kind)
        pen.dispose()
        val out = ByteArrayOutputStream()
        check(ImageIO.write(image, "jpeg", out)) { "no JPEG writer here" }
        return out.toByteArray()
    }

    private fun subject(pen: java.awt.Graphics2D, kind: Int) {
        pen.stroke = BasicStroke(4f)
        when (kind % 3) {
            0 -> {
                pen.color = Color(0x2C2A28)
                pen.fillOval(96, 168, 130, 46)
                pen.color = Color(0x463F38)
                pen.fillOval(112, 174, 96, 30)
            }
            1 -> {
                pen.color = Color(0x3A3D40)
                pen.fillOval(110, 160, 104, 60)
                pen.color = Color(0x77797B)
                pen.drawOval(118, 165, 88, 50)
                for (x in 132..192 step 15) pen.drawLine(x, 172, x, 208)
            }
            else -> {
                pen.color = Color(0x2F3438)
                pen.fillRect(154, 40, 9, 160)
                pen.fillRect(154, 40, 62, 7)
                pen.color = Color(0xFFE9A8)
                pen.fillRect(204, 46, 22, 9)
            }
        }
    }
}
