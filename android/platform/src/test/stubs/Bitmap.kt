package androidx.compose.ui.graphics

import android.graphics.Bitmap

/** Stands for what Compose has on Android alone; never run. */
fun Bitmap.asImageBitmap(): ImageBitmap = error("only to compile against: $this")
