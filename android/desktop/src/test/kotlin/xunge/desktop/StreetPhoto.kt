package xunge.desktop

import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import java.util.Random
import javax.imageio.ImageIO

/** A real JPEG of noise, so that it is as large as a photo of a phone and travels in many pieces. */
fun streetPhoto(): ByteArray {
    val random = Random(7)
    val image = BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB)
    for (y in 0 until image.height) for (x in 0 until image.width) image.setRGB(x, y, random.nextInt())
    val out = ByteArrayOutputStream()
    check(ImageIO.write(image, "jpeg", out)) { "no JPEG writer here" }
    return out.toByteArray()
}
