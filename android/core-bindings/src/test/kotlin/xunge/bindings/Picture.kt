package xunge.bindings

import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import java.nio.ByteBuffer
import java.security.MessageDigest
import java.util.Random
import javax.imageio.ImageIO

/** A real JPEG of noise, so that it is as large as a photo: the seed makes each another. */
fun picture(seed: Long): ByteArray {
    val random = Random(seed)
    val image = BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB)
    for (y in 0 until image.height) for (x in 0 until image.width) image.setRGB(x, y, random.nextInt())
    val out = ByteArrayOutputStream()
    check(ImageIO.write(image, "jpeg", out)) { "no JPEG writer here" }
    return out.toByteArray()
}

/** Bytes go in through a direct buffer: the core reads them where they lie. */
fun direct(bytes: ByteArray): ByteBuffer = ByteBuffer.allocateDirect(bytes.size).put(bytes).flip()

fun sha256(bytes: ByteArray): String =
    MessageDigest.getInstance("SHA-256").digest(bytes).joinToString("") { "%02x".format(it) }
