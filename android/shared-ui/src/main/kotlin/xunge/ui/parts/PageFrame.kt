package xunge.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import xunge.core.Problem
import xunge.ui.signs.Icon
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts
import xunge.ui.words.Word

/** A page: its name, what went wrong, its rows, and what is done with one thumb at the bottom. */
@Composable
fun PageFrame(
    title: String,
    modifier: Modifier = Modifier,
    onBack: (() -> Unit)? = null,
    problem: Problem? = null,
    onUnderstood: () -> Unit = {},
    actions: @Composable () -> Unit = {},
    bottom: @Composable () -> Unit = {},
    rows: LazyListScope.() -> Unit,
) {
    val palette = LocalPalette.current
    Column(modifier.fillMaxSize().background(palette.page.ground)) {
        PageHead(title, onBack, actions)
        LazyColumn(
            Modifier.weight(1f).fillMaxWidth(),
            contentPadding = PaddingValues(start = 16.dp, end = 16.dp, top = 8.dp, bottom = 20.dp),
            verticalArrangement = Arrangement.spacedBy(10.dp),
        ) {
            problem?.let { item(key = "problem") { ProblemBanner(it, onUnderstood) } }
            rows()
        }
        bottom()
    }
}

/** The top of a page: the way back, its name, and what can be done beside it. */
@Composable
fun PageHead(title: String, onBack: (() -> Unit)?, actions: @Composable () -> Unit = {}) {
    Row(
        Modifier.fillMaxWidth().heightIn(min = TOUCH_MIN).padding(start = if (onBack == null) 20.dp else 4.dp, end = 16.dp, top = 6.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        onBack?.let { IconButton(Icon.BACK, word(Word.BACK), onClick = it) }
        Said(title, Texts.heading, LocalPalette.current.page.ink, Modifier.weight(1f).semantics { heading() }, lines = 2)
        actions()
    }
}

/** Buttons side by side, all as high as the highest. */
@Composable
fun SideBySide(content: @Composable RowScope.() -> Unit) {
    Row(
        Modifier.fillMaxWidth().height(IntrinsicSize.Min),
        horizontalArrangement = Arrangement.spacedBy(10.dp),
        content = content,
    )
}

/** So high it may grow before it scrolls: something of the page stays in view. */
private val THUMB_MAX = 440.dp

/** What stands at the bottom of a page, above the thumb; `last` stays in view where the rest has to scroll. */
@Composable
fun Thumb(last: (@Composable () -> Unit)? = null, content: @Composable () -> Unit) {
    Column(
        Modifier.fillMaxWidth().background(LocalPalette.current.page.ground).padding(horizontal = 16.dp, vertical = 10.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        Column(
            Modifier.fillMaxWidth().heightIn(max = THUMB_MAX).verticalScroll(rememberScrollState()),
            verticalArrangement = Arrangement.spacedBy(8.dp),
        ) {
            content()
        }
        last?.invoke()
    }
}
