package xunge.ui.parts

import androidx.compose.foundation.text.BasicText
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextOverflow
import xunge.core.PersonId
import xunge.core.Reason
import xunge.ui.state.FieldState
import xunge.core.Language
import xunge.ui.theme.LocalFonts
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Named
import xunge.ui.words.Text
import xunge.ui.words.Word

/** Text. */
@Composable
fun Said(
    text: String,
    style: TextStyle = Texts.body,
    ink: Color = LocalPalette.current.card.ink,
    modifier: Modifier = Modifier,
    lines: Int = Int.MAX_VALUE,
    align: TextAlign = TextAlign.Unspecified,
) {
    BasicText(
        text = text,
        modifier = modifier,
        style = style.copy(color = ink, fontFamily = LocalFonts.current, textAlign = align),
        maxLines = lines,
        overflow = TextOverflow.Ellipsis,
    )
}

/** A text of the table in this person's language. */
@Composable
fun word(text: Text, vararg values: Any): String = text.of(LocalLanguage.current, *values)

@Composable
fun named(named: Named): String = named.of(LocalLanguage.current)

/** Who wrote something: this person, or the id of somebody else. */
@Composable
fun author(field: FieldState, id: PersonId): String = if (id == field.me) word(Word.MYSELF) else id.text

/** A reason in this person's language. */
@Composable
fun said(reason: Reason): String =
    when (LocalLanguage.current) {
        Language.CHINESE -> reason.zh
        Language.ENGLISH -> reason.en
    }
