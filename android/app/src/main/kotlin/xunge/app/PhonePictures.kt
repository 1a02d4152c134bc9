package xunge.app

import android.graphics.BitmapFactory
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import xunge.ui.state.Pictures

/** Longer sides are of no use on a phone, and a photo of 48 megapixels would take 190 MB. */
private const val SIDE_PIXELS_MAX = 2048

object PhonePictures : Pictures {
    override fun decode(bytes: ByteArray): ImageBitmap? {
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        BitmapFactory.decodeByteArray(bytes, 0, bytes.size, size)
        val smaller = BitmapFactory.Options().apply { inSampleSize = sampleSize(maxOf(size.outWidth, size.outHeight)) }
        return BitmapFactory.decodeByteArray(bytes, 0, bytes.size, smaller)?.asImageBitmap()
    }

    private fun sampleSize(side: Int): Int {
        var sample = 1
        while (side / sample > SIDE_PIXELS_MAX) sample *= 2
        return sample
    }
}
