package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.CaseClass
import xunge.core.Language
import xunge.core.Severity
import xunge.ui.parts.Banner
import xunge.ui.parts.Card
import xunge.ui.parts.Chip
import xunge.ui.parts.Field
import xunge.ui.parts.FindField
import xunge.ui.parts.GroupTitle
import xunge.ui.parts.IconButton
import xunge.ui.parts.PageFrame
import xunge.ui.parts.PhotoFrame
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.StrongButton
import xunge.ui.parts.Thumb
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.state.PositionSaid
import xunge.ui.state.ReportState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Word
import xunge.ui.words.named

/** Hazards that are met every day, ready to be touched. */
private val HAZARDS = listOf(Word.HAZARD_FALL, Word.HAZARD_TRAFFIC, Word.HAZARD_ELECTRIC, Word.HAZARD_FLOOD, Word.HAZARD_FIRE)

@Composable
fun ReportScreen(page: ReportState) {
    val says =
        word(
            when {
                page.busy -> Word.REPORT_BUSY
                page.draft.classCode == null -> Word.REPORT_CLASS_FIRST
                else -> Word.REPORT_GO
            },
        )
    PageFrame(
        title = word(Word.REPORT_TITLE),
        onBack = page.field::back,
        problem = page.problem,
        onUnderstood = page::understood,
        actions = { Said(word(Word.REPORT_SAVED), Texts.label, LocalPalette.current.faint) },
        bottom = { Thumb { StrongButton(says, icon = if (page.ready) Icon.SEND else null, enabled = page.ready, height = 72.dp, onClick = page::report) } },
    ) {
        item(key = "photos") { Photos(page) }
        item(key = "position") { Position(page) }
        item(key = "class") { GroupTitle(word(Word.REPORT_CLASS)) }
        val wanted = page.wanted
        if (wanted == null) {
            item(key = "likely") { Likely(page) }
            optional(page)
        } else {
            item(key = "find") { FindField(wanted, word(Word.REPORT_CLASS_FIND), word(Word.CLEAR)) { page.wanted = it } }
            if (page.found.isEmpty()) item(key = "none") { Said(word(Word.REPORT_CLASS_NONE)) }
            items(page.found, key = { it.code }) { each ->
                Card(onOpen = { page.pick(each) }) {
                    Said(each.said(), Texts.title)
                    Said(each.majorZh, Texts.label, LocalPalette.current.faint)
                }
            }
        }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Photos(page: ReportState) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(10.dp),
        verticalArrangement = Arrangement.spacedBy(10.dp),
        itemVerticalAlignment = Alignment.CenterVertically,
    ) {
        for (photo in page.draft.photos) {
            Box(contentAlignment = Alignment.TopEnd) {
                PhotoFrame(page.field.gallery, photo.hash, photo.caption, Modifier.size(132.dp))
                if (page.draft.photos.size > 1) {
                    Box(Modifier.size(56.dp), contentAlignment = Alignment.Center) {
                        IconButton(Icon.CLEAR, word(Word.REMOVE_PHOTO)) { page.removePhoto(photo.hash) }
                    }
                }
            }
        }
        SoftButton(word(Word.REPORT_ADD_PHOTO), icon = Icon.PHOTO_ADD, enabled = !page.busy, onClick = page::addPhoto)
    }
}

/** Where it is, and what can be done where that is weak. */
@Composable
private fun Position(page: ReportState) {
    when (val position = page.position) {
        is PositionSaid.Good -> Banner(Tone.GOOD, Shape.TICK, word(Word.REPORT_PLACE_GOOD, position.metres))
        PositionSaid.Unsaid -> Banner(Tone.ACTIVE, Shape.RING, word(Word.REPORT_PLACE_UNSAID))
        is PositionSaid.Weak -> Banner(Tone.WAITING, Shape.HALF, word(Word.REPORT_PLACE_WEAK, position.metres))
        PositionSaid.Waiting ->
            Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
                Banner(Tone.WAITING, Shape.DOTS, word(Word.REPORT_PLACE_WAITING), word(Word.REPORT_PLACE_NONE))
                Field(word(Word.REPORT_NO_GRID_REASON), page.draft.noGridReason.orEmpty(), onChange = page::explainNoPlace)
            }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Likely(page: ReportState) {
    val picked = page.picked
    val shown = if (picked == null || picked in page.likely) page.likely else listOf(picked) + page.likely
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        for (each in shown) Chip(each.said(), each == picked) { page.pick(each) }
        SoftButton(word(Word.REPORT_CLASS_ALL), icon = Icon.FIND) { page.wanted = "" }
    }
}

@OptIn(ExperimentalLayoutApi::class)
private fun LazyListScope.optional(page: ReportState) {
    if (!page.more) {
        item(key = "more") { SoftButton(word(Word.REPORT_MORE), Modifier.fillMaxWidth()) { page.more = true } }
        return
    }
    item(key = "severity") {
        GroupTitle(word(Word.REPORT_SEVERITY))
        FlowRow(
            Modifier.padding(top = 6.dp),
            horizontalArrangement = Arrangement.spacedBy(8.dp),
            verticalArrangement = Arrangement.spacedBy(8.dp),
        ) {
            for (each in Severity.entries) Chip(named(each.named), each == page.draft.severity) { page.rate(each) }
        }
    }
    item(key = "hazards") {
        GroupTitle(word(Word.REPORT_HAZARDS))
        FlowRow(
            Modifier.padding(top = 6.dp),
            horizontalArrangement = Arrangement.spacedBy(8.dp),
            verticalArrangement = Arrangement.spacedBy(8.dp),
        ) {
            // In Chinese whatever the screen speaks: colleagues read it.
            for (each in HAZARDS) Chip(word(each), each.zh in page.draft.hazards) { page.hazard(each.zh) }
        }
    }
    item(key = "address") { Field(word(Word.REPORT_ADDRESS), page.draft.address, onChange = page::address) }
    item(key = "description") { Field(word(Word.REPORT_DESCRIPTION), page.draft.description, lines = 3, onChange = page::describe) }
    item(key = "discard") { SoftButton(word(Word.DISCARD), Modifier.fillMaxWidth(), icon = Icon.CLEAR, onClick = page::discard) }
}

@Composable
private fun CaseClass.said(): String =
    when (LocalLanguage.current) {
        Language.CHINESE -> zh
        Language.ENGLISH -> en
    }
