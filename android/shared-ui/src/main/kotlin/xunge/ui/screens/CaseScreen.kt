package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.CasePage
import xunge.core.ClockState
import xunge.core.Note
import xunge.core.Severity
import xunge.ui.parts.Badge
import xunge.ui.parts.Banner
import xunge.ui.parts.Card
import xunge.ui.parts.ClockCard
import xunge.ui.parts.ClockLines
import xunge.ui.parts.Divider
import xunge.ui.parts.GroupTitle
import xunge.ui.parts.LaneCard
import xunge.ui.parts.PageFrame
import xunge.ui.parts.PhotoStrip
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.TaskBanner
import xunge.ui.parts.Thumb
import xunge.ui.parts.TimelineRow
import xunge.ui.parts.VoiceAtWork
import xunge.ui.parts.VoiceCard
import xunge.ui.parts.author
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.signs.sign
import xunge.ui.state.CasePageState
import xunge.ui.state.Recording
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.OwnWord
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
        bottom = { if (case != null) Bottom(page) },
    ) {
        if (case == null) {
            item(key = "reading") { Quiet(word(Word.LOADING)) }
        } else {
            case(page, case)
        }
    }
}

@Composable
private fun Bottom(page: CasePageState) {
    val acting = page.acting
    val declining = page.declining
    when {
        page.voice.recording != Recording.None -> Thumb { VoiceAtWork(page.voice, page.busy) }
        declining != null -> Thumb(last = { DeclineEnds(page, declining) }) { DeclineForm(page, declining) }
        acting != null -> Thumb(last = { ActEnds(page, acting) }) { CaseActions(page) }
        else -> Thumb { CaseActions(page) }
    }
}

private fun LazyListScope.case(page: CasePageState, case: CasePage) {
    if (page.justReported) item(key = "done") { Banner(Tone.GOOD, Shape.TICK, word(Word.REPORT_DONE)) }
    // Refused work stands first until its author acts.
    items(case.setAside, key = { "refused ${it.id.text}" }) { LaneCard(it, page.field.platform.now(), null) { page.dismiss(it.id) } }
    page.task?.let { task ->
        item(key = "task") { TaskBanner(task, page.field.serverTime()) }
        if (task.waits && page.declining == null) {
            item(key = "decline") { SoftButton(word(OwnWord.DECLINE), Modifier.fillMaxWidth(), onClick = page::beginDeclining) }
        }
    }
    item(key = "state") { Standing(case) }
    if (case.photos.isNotEmpty()) {
        item(key = "photos") {
            val (safe, of) = page.photosSafe
            if (of > 0) GroupTitle(word(Word.CASE_PHOTOS_SAFE, safe, of))
            PhotoStrip(case.photos, page.field.gallery)
        }
    }
    item(key = "facts") { Facts(case) }
    clocks(page, case)
    surveys(page, case)
    notes(page, Word.CASE_HAZARDS, case.hazards)
    if (case.timeline.isNotEmpty()) item(key = "timeline") {
        GroupTitle(word(Word.CASE_TIMELINE))
        Card {
            case.timeline.forEachIndexed { index, entry ->
                if (index > 0) Divider()
                TimelineRow(entry, case.delivery, page.field)
            }
        }
    }
    notes(page, Word.CASE_COMMENTS, case.comments)
    item(key = "voice") { VoiceCard(page.voice, page.field.platform.now(), page.busy) }
    if (page.mayOpenCheckin) {
        item(key = "checkin") { SoftButton(word(Word.CASE_OPEN_CHECKIN), Modifier.fillMaxWidth(), icon = Icon.PEOPLE, onClick = page::openCheckin) }
    }
}

/** Its limits: the whole disposal and the stages that run with their lights, those that are over in a line each. */
private fun LazyListScope.clocks(page: CasePageState, case: CasePage) {
    if (case.clocks.isEmpty()) return
    val (current, over) = case.clocks.partition { it.overall || it.state == ClockState.RUNNING || it.state == ClockState.HELD }
    item(key = "clocks") { GroupTitle(word(Word.CASE_CLOCKS)) }
    items(current, key = { "clock ${it.zh} ${it.turn}" }) { ClockCard(it, page.explained, page.field.serverTime()) }
    if (page.explained && over.isNotEmpty()) {
        item(key = "clocks over") {
            GroupTitle(word(Word.CASE_CLOCK_OTHERS))
            ClockLines(over)
        }
    }
    item(key = "clocks why") {
        SoftButton(word(if (page.explained) Word.CASE_CLOCK_WHY_NOT else Word.CASE_CLOCK_WHY), Modifier.fillMaxWidth()) {
            page.explained = !page.explained
        }
    }
}

private fun LazyListScope.surveys(page: CasePageState, case: CasePage) {
    if (case.surveys.isEmpty()) return
    item(key = "surveys") {
        GroupTitle(word(Word.CASE_SURVEYS))
        Card {
            for (survey in case.surveys) {
                Said(survey.cause)
                val estimate = survey.estimate?.let { word(Word.CASE_SURVEY_ESTIMATE, it.said(LocalLanguage.current)) }
                val beside = listOfNotNull(page.nameOf(survey.organisation), estimate)
                Said(beside.joinToString(" · "), Texts.label, LocalPalette.current.faint)
            }
        }
    }
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
            case.clocks.lastOrNull { it.overall }?.light?.let { Badge(it.sign) }
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
        if (case.possibleDuplicateOf != null) Banner(Tone.ACTIVE, Shape.RIGHT, word(Word.CASE_DUPLICATE_OF))
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
