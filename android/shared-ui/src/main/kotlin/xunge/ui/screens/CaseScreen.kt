package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.CasePage
import xunge.core.Note
import xunge.core.Severity
import xunge.ui.parts.Badge
import xunge.ui.parts.Banner
import xunge.ui.parts.Card
import xunge.ui.parts.Divider
import xunge.ui.parts.GroupTitle
import xunge.ui.parts.LaneCard
import xunge.ui.parts.PageFrame
import xunge.ui.parts.PhotoStrip
import xunge.ui.parts.Said
import xunge.ui.parts.Thumb
import xunge.ui.parts.TimelineRow
import xunge.ui.parts.author
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Shape
import xunge.ui.signs.sign
import xunge.ui.state.CasePageState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Word
import xunge.ui.words.ago
import xunge.ui.words.named
import xunge.ui.words.said

@Composable
fun CaseScreen(page: CasePageState) {
    val case = page.page
    PageFrame(
        title = case?.let { it.title.ifBlank { it.className } } ?: word(Word.CASES_TITLE),
        onBack = page.field::back,
        problem = page.problem,
        onUnderstood = page::understood,
        bottom = { if (case != null) Thumb { CaseActions(page) } },
    ) {
        if (case == null) {
            item(key = "reading") { Quiet(word(Word.LOADING)) }
        } else {
            case(page, case)
        }
    }
}

private fun LazyListScope.case(page: CasePageState, case: CasePage) {
    if (page.justReported) item(key = "done") { Banner(Tone.GOOD, Shape.TICK, word(Word.REPORT_DONE)) }
    // Refused work stands first until its author acts.
    items(case.setAside, key = { "refused ${it.id.text}" }) { LaneCard(it, page.field.platform.now(), null) { page.dismiss(it.id) } }
    item(key = "state") { Standing(case) }
    if (case.photos.isNotEmpty()) {
        item(key = "photos") {
            val (safe, of) = page.photosSafe
            if (of > 0) GroupTitle(word(Word.CASE_PHOTOS_SAFE, safe, of))
            PhotoStrip(case.photos, page.field.gallery)
        }
    }
    item(key = "facts") { Facts(case) }
    notes(page, Word.CASE_HAZARDS, case.hazards)
    item(key = "timeline") {
        GroupTitle(word(Word.CASE_TIMELINE))
        Card {
            case.timeline.forEachIndexed { index, entry ->
                if (index > 0) Divider()
                TimelineRow(entry, case.delivery, page.field)
            }
        }
    }
    notes(page, Word.CASE_COMMENTS, case.comments)
}

/** Where it stands: as ruled, as expected, and whether it is safe. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Standing(case: CasePage) {
    val palette = LocalPalette.current
    Card {
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            Badge(case.state.sign, style = Texts.title)
            Badge(case.delivery.sign, style = Texts.title)
            if (case.severity != Severity.ORDINARY) Badge(case.severity.sign, style = Texts.title)
        }
        if (case.provisionalState != case.state) {
            Said(word(Word.CASE_EXPECTED, named(case.provisionalState.named)), Texts.body, palette.faint)
        }
        val number = case.caseNo?.let { word(Word.CASE_NO, it) } ?: word(Word.CASE_CODE, case.localCode)
        Said("$number · ${case.className}", Texts.label, palette.faint)
    }
}

@Composable
private fun Facts(case: CasePage) {
    val palette = LocalPalette.current
    Card {
        Said(word(Word.CASE_PLACE), Texts.label, palette.faint)
        Said(case.address.ifBlank { case.point?.said() ?: word(Word.CASE_NO_PLACE) })
        if (case.description.isNotBlank()) {
            Divider()
            Said(word(Word.CASE_DESCRIPTION), Texts.label, palette.faint)
            Said(case.description)
        }
        for (field in case.concurrent) {
            Banner(Tone.WAITING, Shape.HALF, word(Word.CASE_CONCURRENT, field.field, field.others.joinToString("；")))
        }
    }
}

private fun LazyListScope.notes(page: CasePageState, title: Word, notes: List<Note>) {
    if (notes.isEmpty()) return
    item(key = title) {
        GroupTitle(word(title))
        Card {
            notes.forEachIndexed { index, note ->
                if (index > 0) Divider()
                Column(verticalArrangement = Arrangement.spacedBy(2.dp)) {
                    Said(note.text)
                    val since = ago(note.at, page.field.platform.now(), LocalLanguage.current)
                    Said("${author(page.field, note.author)} · $since", Texts.label, LocalPalette.current.faint)
                }
            }
        }
    }
}
