package xunge.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts

val ROUND = RoundedCornerShape(16.dp)

/** A card; one that can be opened says what it opens. */
@Composable
fun Card(
    modifier: Modifier = Modifier,
    onOpen: (() -> Unit)? = null,
    padding: PaddingValues = PaddingValues(16.dp),
    content: @Composable ColumnScope.() -> Unit,
) {
    val palette = LocalPalette.current
    val opened = if (onOpen == null) Modifier else Modifier.heightIn(min = TOUCH_MIN).clickable(role = Role.Button, onClick = onOpen)
    Column(
        modifier
            .fillMaxWidth()
            .clip(ROUND)
            .background(palette.card.ground)
            .border(1.dp, palette.line, ROUND)
            .then(opened)
            .padding(padding),
        verticalArrangement = Arrangement.spacedBy(6.dp),
        content = content,
    )
}

/** What a group of cards is about. */
@Composable
fun GroupTitle(text: String) {
    val palette = LocalPalette.current
    Said(
        text,
        Texts.label,
        palette.faint,
        Modifier.padding(start = 4.dp, top = 10.dp, bottom = 2.dp).semantics { heading() },
    )
}

/** A thin line between rows of one card. */
@Composable
fun Divider() {
    Box(Modifier.fillMaxWidth().height(1.dp).background(LocalPalette.current.line))
}
