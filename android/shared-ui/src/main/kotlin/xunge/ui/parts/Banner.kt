package xunge.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import xunge.core.Language
import xunge.core.Problem
import xunge.ui.signs.Drawn
import xunge.ui.signs.Icon
import xunge.ui.signs.Mark
import xunge.ui.signs.Shape
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Word

/** Something to know at once, across the page; opens what it is about. */
@Composable
fun Banner(tone: Tone, shape: Shape, text: String, more: String? = null, onOpen: (() -> Unit)? = null) {
    val colours = LocalPalette.current.of(tone)
    val opened = if (onOpen == null) Modifier else Modifier.clickable(role = Role.Button, onClick = onOpen)
    Row(
        Modifier
            .fillMaxWidth()
            .heightIn(min = TOUCH_MIN)
            .clip(ROUND)
            .background(colours.ground)
            .then(opened)
            .padding(horizontal = 16.dp, vertical = 12.dp),
        horizontalArrangement = Arrangement.spacedBy(14.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Mark(shape, colours.ink, 26.dp)
        Column(Modifier.weight(1f)) {
            Said(text, Texts.title, colours.ink)
            more?.let { Said(it, Texts.label, colours.ink) }
        }
        if (onOpen != null) Drawn(Icon.NEXT, colours.ink, 22.dp)
    }
}

/** What did not work: cause and next step in the core's words, until it is understood. */
@Composable
fun ProblemBanner(problem: Problem, onUnderstood: () -> Unit) {
    val colours = LocalPalette.current.of(Tone.BAD)
    val text =
        when (LocalLanguage.current) {
            Language.CHINESE -> problem.zh
            Language.ENGLISH -> problem.en
        }
    Column(
        Modifier
            .fillMaxWidth()
            .clip(ROUND)
            .background(colours.ground)
            .padding(start = 16.dp, end = 16.dp, top = 12.dp, bottom = 8.dp)
            .semantics { liveRegion = LiveRegionMode.Assertive },
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            Mark(Shape.TRIANGLE, colours.ink, 24.dp)
            Said(text, Texts.body, colours.ink, Modifier.weight(1f))
        }
        SoftButton(word(Word.UNDERSTOOD), Modifier.fillMaxWidth(), onClick = onUnderstood)
    }
}
