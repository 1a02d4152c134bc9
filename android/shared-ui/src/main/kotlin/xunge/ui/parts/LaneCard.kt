package xunge.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.Instant
import xunge.core.SetAside
import xunge.ui.signs.sign
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Word
import xunge.ui.words.ago
import xunge.ui.words.kindNamed

/** A piece of refused work: what it was, why, and what its author can do. */
@Composable
fun LaneCard(item: SetAside, now: Instant, onOpen: (() -> Unit)?, onDismiss: () -> Unit) {
    Card {
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalAlignment = Alignment.CenterVertically) {
            Said(named(kindNamed(item.kind)), Texts.title, modifier = Modifier.weight(1f))
            Badge(item.outcome.sign)
        }
        Said(said(item.reason))
        Said(ago(item.at, now, LocalLanguage.current), Texts.label, LocalPalette.current.faint)
        SideBySide {
            onOpen?.let { SoftButton(word(Word.LANE_OPEN), Modifier.weight(1f).fillMaxHeight(), onClick = it) }
            SoftButton(word(Word.LANE_DISMISS), Modifier.weight(1f).fillMaxHeight(), onClick = onDismiss)
        }
    }
}
