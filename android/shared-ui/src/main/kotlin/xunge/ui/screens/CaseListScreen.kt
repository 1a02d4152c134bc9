package xunge.ui.screens

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import xunge.ui.parts.CaseRowCard
import xunge.ui.parts.FindField
import xunge.ui.parts.PageFrame
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.Tab
import xunge.ui.parts.Tabs
import xunge.ui.parts.word
import xunge.ui.state.CaseListState
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Word

@Composable
fun CaseListScreen(page: CaseListState) {
    val rows = page.rows
    PageFrame(
        title = word(Word.CASES_TITLE),
        problem = page.problem,
        onUnderstood = page::understood,
        bottom = { Tabs(page.field, Tab.CASES) },
    ) {
        item(key = "find") { FindField(page.wanted, word(Word.CASES_FIND), word(Word.CLEAR), onChange = page::find) }
        when {
            rows == null -> item(key = "reading") { Quiet(word(Word.LOADING)) }
            rows.isEmpty() && page.wanted.isBlank() -> item(key = "none") { Quiet(word(Word.CASES_NONE)) }
            rows.isEmpty() -> item(key = "none") { Quiet(word(Word.CASES_NOT_FOUND, page.wanted.trim())) }
            else ->
                items(rows, key = { it.id.text }) { row ->
                    CaseRowCard(row, page.field.gallery, page.field.platform.now()) { page.open(row) }
                }
        }
        if (page.hasMore) {
            item(key = "more") {
                // The end came into view: the next page is read without being asked for.
                LaunchedEffect(rows?.size) { page.more() }
                SoftButton(word(Word.MORE), Modifier.fillMaxWidth(), onClick = page::more)
            }
        }
    }
}

/** What stands where there is nothing to show. */
@Composable
internal fun Quiet(text: String) {
    Said(text, Texts.body, LocalPalette.current.faint)
}
