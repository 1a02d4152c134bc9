package xunge.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.sizeIn
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import xunge.ui.signs.Drawn
import xunge.ui.signs.Icon
import xunge.ui.signs.Mark
import xunge.ui.signs.Shape
import xunge.ui.theme.Inked
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone

/** The one thing to do on a page. */
@Composable
fun StrongButton(
    text: String,
    modifier: Modifier = Modifier,
    icon: Icon? = null,
    enabled: Boolean = true,
    height: Dp = 64.dp,
    onClick: () -> Unit,
) {
    val palette = LocalPalette.current
    Pressed(text, modifier.fillMaxWidth(), icon, enabled, height, if (enabled) palette.strong else palette.of(Tone.NEUTRAL), onClick)
}

/** Something that can be done as well. */
@Composable
fun SoftButton(
    text: String,
    modifier: Modifier = Modifier,
    icon: Icon? = null,
    enabled: Boolean = true,
    onClick: () -> Unit,
) {
    val palette = LocalPalette.current
    Pressed(text, modifier, icon, enabled, TOUCH_MIN, if (enabled) palette.soft else palette.of(Tone.NEUTRAL), onClick)
}

@Composable
private fun Pressed(
    text: String,
    modifier: Modifier,
    icon: Icon?,
    enabled: Boolean,
    height: Dp,
    colours: Inked,
    onClick: () -> Unit,
) {
    Row(
        modifier
            .sizeIn(minWidth = TOUCH_MIN, minHeight = height)
            .clip(ROUND)
            .background(colours.ground)
            .clickable(enabled = enabled, role = Role.Button, onClick = onClick)
            .padding(horizontal = 16.dp, vertical = 10.dp),
        horizontalArrangement = Arrangement.spacedBy(10.dp, Alignment.CenterHorizontally),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        icon?.let { Drawn(it, colours.ink) }
        Said(text, Texts.title, colours.ink, align = TextAlign.Center)
    }
}

/** An icon alone; what it does is said to those who do not see it. */
@Composable
fun IconButton(icon: Icon, says: String, modifier: Modifier = Modifier, onClick: () -> Unit) {
    val palette = LocalPalette.current
    Box(
        modifier
            .size(TOUCH_MIN)
            .clip(CircleShape)
            .clickable(role = Role.Button, onClick = onClick)
            .semantics { contentDescription = says },
        contentAlignment = Alignment.Center,
    ) {
        Drawn(icon, palette.page.ink)
    }
}

/** One of several to pick. What is picked is told by tick and edge, not by colour alone. */
@Composable
fun Chip(text: String, picked: Boolean, modifier: Modifier = Modifier, beside: String? = null, onPick: () -> Unit) {
    val palette = LocalPalette.current
    val colours = if (picked) palette.strong else palette.card
    Row(
        modifier
            .sizeIn(minWidth = TOUCH_MIN, minHeight = TOUCH_MIN)
            .clip(ROUND)
            .background(colours.ground)
            .border(1.dp, if (picked) colours.ground else palette.line, ROUND)
            .selectable(selected = picked, role = Role.RadioButton, onClick = onPick)
            .padding(horizontal = 16.dp, vertical = 10.dp),
        horizontalArrangement = Arrangement.spacedBy(8.dp, Alignment.CenterHorizontally),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        if (picked) Mark(Shape.TICK, colours.ink, 16.dp)
        Column(horizontalAlignment = Alignment.CenterHorizontally) {
            Said(text, Texts.body, colours.ink, align = TextAlign.Center)
            beside?.let { Said(it, Texts.label, colours.ink, align = TextAlign.Center) }
        }
    }
}
