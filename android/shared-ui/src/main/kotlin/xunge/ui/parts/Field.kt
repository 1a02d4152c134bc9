package xunge.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import xunge.ui.signs.Drawn
import xunge.ui.signs.Icon
import xunge.ui.theme.LocalFonts
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts

/** Something to write, with its name above it. */
@Composable
fun Field(
    name: String,
    text: String,
    modifier: Modifier = Modifier,
    hint: String = "",
    lines: Int = 1,
    onChange: (String) -> Unit,
) {
    Column(modifier, verticalArrangement = Arrangement.spacedBy(4.dp)) {
        Said(name, Texts.label, LocalPalette.current.faint)
        Written(text, name, hint, null, lines, onChange)
    }
}

/** Something to look for. */
@Composable
fun FindField(text: String, hint: String, clear: String, modifier: Modifier = Modifier, onChange: (String) -> Unit) {
    Row(modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
        Box(Modifier.weight(1f)) { Written(text, hint, hint, Icon.FIND, 1, onChange) }
        if (text.isNotEmpty()) IconButton(Icon.CLEAR, clear) { onChange("") }
    }
}

@Composable
private fun Written(text: String, name: String, hint: String, icon: Icon?, lines: Int, onChange: (String) -> Unit) {
    val palette = LocalPalette.current
    BasicTextField(
        value = text,
        onValueChange = onChange,
        modifier = Modifier.fillMaxWidth().semantics { contentDescription = name },
        textStyle = Texts.body.copy(color = palette.card.ink, fontFamily = LocalFonts.current),
        singleLine = lines == 1,
        minLines = lines,
        cursorBrush = SolidColor(palette.card.ink),
        decorationBox = { inner ->
            Row(
                Modifier
                    .fillMaxWidth()
                    .heightIn(min = TOUCH_MIN)
                    .clip(ROUND)
                    .background(palette.card.ground)
                    .border(1.5.dp, palette.faint, ROUND)
                    .padding(horizontal = 14.dp, vertical = 14.dp),
                horizontalArrangement = Arrangement.spacedBy(10.dp),
                verticalAlignment = if (lines == 1) Alignment.CenterVertically else Alignment.Top,
            ) {
                icon?.let { Drawn(it, palette.faint, 22.dp) }
                Box(Modifier.weight(1f)) {
                    if (text.isEmpty()) Said(hint, Texts.body, palette.faint, lines = 1)
                    inner()
                }
            }
        },
    )
}
