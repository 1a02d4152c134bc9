package xunge.ui.parts

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.unit.dp
import xunge.core.PhotoHash
import xunge.ui.signs.Drawn
import xunge.ui.signs.Icon
import xunge.ui.state.Gallery
import xunge.ui.theme.LocalPalette
import xunge.ui.words.Word

/** A photo, or its empty frame while there is nothing to show. */
@Composable
fun PhotoFrame(gallery: Gallery, hash: PhotoHash?, says: String, modifier: Modifier = Modifier) {
    val palette = LocalPalette.current
    if (hash != null) LaunchedEffect(hash) { gallery.ask(hash) }
    val picture = hash?.let(gallery::picture)
    Box(
        modifier.clip(RoundedCornerShape(12.dp)).background(palette.soft.ground),
        contentAlignment = Alignment.Center,
    ) {
        if (picture == null) {
            Drawn(Icon.CAMERA, palette.faint, 24.dp)
        } else {
            Image(picture, contentDescription = says.ifEmpty { word(Word.PHOTO) }, Modifier.fillMaxSize(), contentScale = ContentScale.Crop)
        }
    }
}
