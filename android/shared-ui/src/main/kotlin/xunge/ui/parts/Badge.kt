package xunge.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.unit.dp
import androidx.compose.ui.text.font.FontWeight
import xunge.ui.signs.Mark
import xunge.ui.signs.Sign
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts

/** A state: its words, its colour and its shape. */
@Composable
fun Badge(sign: Sign, modifier: Modifier = Modifier, style: TextStyle = Texts.label) {
    val colours = LocalPalette.current.of(sign.tone)
    Row(
        modifier
            .clip(RoundedCornerShape(10.dp))
            .background(colours.ground)
            .padding(horizontal = 9.dp, vertical = 4.dp),
        horizontalArrangement = Arrangement.spacedBy(6.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Mark(sign.shape, colours.ink, 14.dp)
        Said(named(sign.named), style.copy(fontWeight = FontWeight.SemiBold), colours.ink)
    }
}
