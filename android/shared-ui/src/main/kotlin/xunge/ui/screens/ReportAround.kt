package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import kotlin.math.roundToInt
import xunge.core.CaseClass
import xunge.core.ClassOffer
import xunge.core.GridOffer
import xunge.core.Language
import xunge.core.LikelyDuplicate
import xunge.core.NearComponent
import xunge.ui.parts.Badge
import xunge.ui.parts.Banner
import xunge.ui.parts.Card
import xunge.ui.parts.Chip
import xunge.ui.parts.Field
import xunge.ui.parts.GroupTitle
import xunge.ui.parts.Said
import xunge.ui.parts.SideBySide
import xunge.ui.parts.SoftButton
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.signs.sign
import xunge.ui.state.LikelyClass
import xunge.ui.state.PositionSaid
import xunge.ui.state.ReportState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Named
import xunge.ui.words.Word
import xunge.ui.words.named

/** Where it is: how exactly, in which unit grid, and what can be done where that is weak. */
@Composable
internal fun Position(page: ReportState) {
    val grids = page.around?.grids.orEmpty()
    val grid = (grids.singleOrNull() ?: grids.firstOrNull { it.code == page.draft.unitGrid })?.let { word(Word.REPORT_GRID, it.name) }
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        if (page.chosen != null) return@Column Chosen(page, grid)
        when (val position = page.position) {
            is PositionSaid.Good -> Banner(Tone.GOOD, Shape.TICK, word(Word.REPORT_PLACE_GOOD, position.metres), grid)
            PositionSaid.Unsaid -> Banner(Tone.ACTIVE, Shape.RING, word(Word.REPORT_PLACE_UNSAID), grid)
            is PositionSaid.Weak -> Banner(Tone.WAITING, Shape.HALF, word(Word.REPORT_PLACE_WEAK, position.metres), grid)
            PositionSaid.Waiting -> {
                // Mostly it is there in a moment: until then the map is offered without room of its own.
                Banner(Tone.WAITING, Shape.DOTS, word(Word.REPORT_PLACE_WAITING), word(Word.REPORT_PLACE_NONE), page::openPlace)
                Field(word(Word.REPORT_NO_GRID_REASON), page.draft.noGridReason.orEmpty(), onChange = page::explainNoPlace)
            }
        }
        if (page.position is PositionSaid.Weak || page.position == PositionSaid.Unsaid) {
            SoftButton(word(Word.REPORT_PLACE_CHOOSE), Modifier.fillMaxWidth(), icon = Icon.PLACE, onClick = page::openPlace)
        }
        if (grids.size > 1) Grids(page, grids)
        OutsideGrids(page)
    }
}

/** The place was chosen on the map: the fix no longer decides, and says so. */
@Composable
private fun Chosen(page: ReportState, grid: String?) {
    Banner(Tone.ACTIVE, Shape.RING, word(Word.REPORT_PLACE_CHOSEN), grid)
    SideBySide {
        SoftButton(word(Word.REPORT_PLACE_AGAIN), Modifier.weight(1f).fillMaxHeight(), onClick = page::openPlace)
        SoftButton(word(Word.REPORT_PLACE_BACK), Modifier.weight(1f).fillMaxHeight()) { page.choosePlace(null) }
    }
    OutsideGrids(page)
}

@Composable
private fun OutsideGrids(page: ReportState) {
    if (!page.outsideGrids) return
    Banner(Tone.WAITING, Shape.HOLLOW_DIAMOND, word(Word.REPORT_GRID_NONE))
    Field(word(Word.REPORT_NO_GRID), page.draft.noGridReason.orEmpty(), onChange = page::explainNoPlace)
}

/** The unit grids that a poor fix may lie in, the likeliest first. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Grids(page: ReportState, grids: List<GridOffer>) {
    GroupTitle(word(Word.REPORT_GRID_WHICH))
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        for (grid in grids) {
            Chip(grid.name, grid.code == page.draft.unitGrid, beside = "${(grid.share * 100).roundToInt()}%") { page.pickGrid(grid.code) }
        }
    }
}

/** The classes to touch, each with why it is offered. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun Likely(page: ReportState) {
    val picked = page.picked
    val known = picked == null || page.likely.any { it.each == picked }
    val shown = if (known) page.likely else listOf(LikelyClass(picked!!, null)) + page.likely
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        for (likely in shown) {
            Chip(likely.each.said(), likely.each == picked, beside = likely.offer?.let { said(it) }) { page.pick(likely.each) }
        }
        SoftButton(word(Word.REPORT_CLASS_ALL), icon = Icon.FIND) { page.wanted = "" }
    }
}

@Composable
private fun said(offer: ClassOffer): String =
    listOfNotNull(named(offer.why.named), offer.metres?.let { word(Word.REPORT_METRES, it) }).joinToString(" ")

/** What stands here of the class that was picked, and the less likely cases of the same matter. */
internal fun LazyListScope.around(page: ReportState) {
    val components = page.around?.components.orEmpty().filter { it.classCode == page.draft.classCode }
    if (components.isNotEmpty()) item(key = "components") { Components(page, components) }
    // The likeliest stands above the button.
    val others = page.duplicates.drop(1)
    if (others.isEmpty()) return
    item(key = "duplicates") { GroupTitle(word(Word.REPORT_DUPLICATES_MORE)) }
    items(others, key = { "duplicate ${it.case.text}" }) { each ->
        Card {
            DuplicateLines(each)
            Chip(word(Word.REPORT_SAME), each.case == page.draft.possibleDuplicateOf) { page.link(each.case) }
        }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Components(page: ReportState, components: List<NearComponent>) {
    GroupTitle(word(Word.REPORT_COMPONENT))
    FlowRow(
        Modifier.padding(top = 6.dp),
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        for (each in components) {
            val name = each.name.ifBlank { each.code.text.takeLast(6) }
            val beside = "${word(Word.REPORT_METRES, each.metres.roundToInt())} · ${each.maintainer}"
            Chip(name, each.code == page.draft.component, beside = beside) { page.pickComponent(each.code) }
        }
    }
}

/** A case that is probably the same matter: what, how far, and why. */
@Composable
internal fun DuplicateLines(each: LikelyDuplicate) {
    Said(each.title.ifBlank { each.className }, Texts.title, lines = 2)
    Badge(each.state.sign)
    Said(Named(each.zh, each.en).of(LocalLanguage.current), Texts.label, LocalPalette.current.faint)
}

@Composable
internal fun CaseClass.said(): String =
    when (LocalLanguage.current) {
        Language.CHINESE -> zh
        Language.ENGLISH -> en
    }
