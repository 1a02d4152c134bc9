package xunge.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.Delivery
import xunge.core.Ruling
import xunge.core.TimelineEntry
import xunge.ui.signs.Shape
import xunge.ui.signs.Sign
import xunge.ui.state.FieldState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Named
import xunge.ui.words.Word
import xunge.ui.words.ago
import xunge.ui.words.named

/** One request: what, by whom, when, and what became of it. */
@Composable
fun TimelineRow(entry: TimelineEntry, delivery: Delivery, field: FieldState) {
    val palette = LocalPalette.current
    Column(Modifier.fillMaxWidth().padding(vertical = 4.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) {
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalAlignment = Alignment.CenterVertically) {
            Said(named(entry.action.named), Texts.title, modifier = Modifier.weight(1f))
            Badge(sign(entry.ruling, delivery))
        }
        Said("${author(field, entry.author)} · ${ago(entry.at, field.platform.now(), LocalLanguage.current)}", Texts.label, palette.faint)
        entry.ruling?.reason?.let { Said(said(it), Texts.body) }
    }
}

private fun sign(ruling: Ruling?, delivery: Delivery): Sign =
    when {
        ruling?.accepted == true -> Sign(Word.CASE_GRANTED.named(), Tone.GOOD, Shape.TICK)
        ruling != null -> Sign(Word.CASE_NOT_GRANTED.named(), Tone.BAD, Shape.CROSS)
        delivery == Delivery.Received -> Sign(Word.CASE_NOT_RULED.named(), Tone.ACTIVE, Shape.DOTS)
        else -> Sign(Word.CASE_NOT_RULED_HERE.named(), Tone.WAITING, Shape.PHONE)
    }

private fun Word.named() = Named(zh, en)
