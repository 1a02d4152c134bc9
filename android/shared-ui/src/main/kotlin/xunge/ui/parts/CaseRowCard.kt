package xunge.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.CaseRow
import xunge.core.Delivery
import xunge.core.Instant
import xunge.core.Light
import xunge.core.Severity
import xunge.ui.signs.Shape
import xunge.ui.signs.Sign
import xunge.ui.signs.sign
import xunge.ui.state.Gallery
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Named
import xunge.ui.words.Word
import xunge.ui.words.ago

/** A case in a list: what and where, where it stands, and what of it is not safe yet. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun CaseRowCard(row: CaseRow, gallery: Gallery, now: Instant, onOpen: () -> Unit) {
    val palette = LocalPalette.current
    Card(onOpen = onOpen, padding = PaddingValues(12.dp)) {
        Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            PhotoFrame(gallery, row.thumb, "", Modifier.size(72.dp))
            Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(4.dp)) {
                Said(row.title.ifBlank { row.className }, Texts.title, lines = 2)
                if (row.address.isNotBlank()) Said(row.address, Texts.label, palette.faint, lines = 2)
                FlowRow(
                    horizontalArrangement = Arrangement.spacedBy(6.dp),
                    verticalArrangement = Arrangement.spacedBy(6.dp),
                    itemVerticalAlignment = Alignment.CenterVertically,
                ) {
                    Badge(row.state.sign)
                    if (row.severity != Severity.ORDINARY) Badge(row.severity.sign)
                    // What is safe needs no word in a list.
                    if (row.delivery != Delivery.Received) Badge(row.delivery.sign)
                    // What is in time needs none either.
                    row.light?.takeIf { it != Light.GREEN }?.let { Badge(it.sign) }
                    if (row.declined) Badge(DECLINED)
                    Said(ago(row.updatedAt, now, LocalLanguage.current), Texts.label, palette.faint)
                }
            }
        }
    }
}

private val DECLINED = Sign(Named(Word.CASES_DECLINED.zh, Word.CASES_DECLINED.en), Tone.BAD, Shape.CROSS)
