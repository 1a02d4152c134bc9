package xunge.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.unit.dp
import xunge.ui.parts.Field
import xunge.ui.parts.PageFrame
import xunge.ui.parts.ROUND
import xunge.ui.parts.Said
import xunge.ui.parts.StrongButton
import xunge.ui.parts.Thumb
import xunge.ui.parts.word
import xunge.ui.signs.Drawn
import xunge.ui.signs.Icon
import xunge.ui.state.EnrolState
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Word

@Composable
fun EnrolScreen(page: EnrolState) {
    PageFrame(
        title = word(Word.ENROL_TITLE),
        problem = page.problem,
        onUnderstood = page::understood,
        bottom = {
            Thumb {
                StrongButton(word(if (page.busy) Word.ENROL_BUSY else Word.ENROL_GO), enabled = page.ready, onClick = page::enrol)
            }
        },
    ) {
        item {
            val palette = LocalPalette.current
            Box(Modifier.padding(4.dp).size(80.dp).clip(ROUND).background(palette.strong.ground), contentAlignment = Alignment.Center) {
                Drawn(Icon.SHIELD, palette.strong.ink, 44.dp)
            }
        }
        item {
            Said(
                word(Word.ENROL_WHY),
                Texts.body,
                LocalPalette.current.faint,
                Modifier.padding(start = 4.dp, end = 4.dp, bottom = 12.dp),
            )
        }
        item { Field(word(Word.ENROL_SERVER), page.server, hint = "https://…") { page.server = it } }
        item { Field(word(Word.ENROL_CODE), page.code, hint = "abcde-fghij-…") { page.code = it } }
    }
}
