package xunge.ui.parts

import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.rememberScrollState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.Photo
import xunge.ui.signs.sign
import xunge.ui.state.Gallery
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.named

/** Photos side by side, each with where it is. */
@Composable
fun PhotoStrip(photos: List<Photo>, gallery: Gallery) {
    Row(
        Modifier.fillMaxWidth().horizontalScroll(rememberScrollState()),
        horizontalArrangement = Arrangement.spacedBy(10.dp),
    ) {
        for (photo in photos) {
            Column(Modifier.width(152.dp), verticalArrangement = Arrangement.spacedBy(6.dp)) {
                val purpose = named(photo.purpose.named)
                PhotoFrame(gallery, photo.hash, "$purpose ${photo.caption}".trim(), Modifier.fillMaxWidth().height(114.dp))
                Badge(photo.state.sign)
                Said(listOf(purpose, photo.caption).filter { it.isNotBlank() }.joinToString(" · "), Texts.label, LocalPalette.current.faint, lines = 2)
            }
        }
    }
}
