package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
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
import xunge.core.Severity
import xunge.ui.parts.Card
import xunge.ui.parts.Chip
import xunge.ui.parts.Field
import xunge.ui.parts.FindField
import xunge.ui.parts.GroupTitle
import xunge.ui.parts.IconButton
import xunge.ui.parts.PageFrame
import xunge.ui.parts.PhotoFrame
import xunge.ui.parts.Phrases
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.Thumb
import xunge.ui.parts.VoiceAtWork
import xunge.ui.parts.VoiceCard
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.state.Recording
import xunge.ui.state.ReportState
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Word
import xunge.ui.words.named

@Composable
fun ReportScreen(page: ReportState) {
    PageFrame(
        title = word(if (page.settling) Word.REPORT_SETTLE_TITLE else Word.REPORT_TITLE),
        onBack = page.field::back,
        problem = page.problem,
        onUnderstood = page::understood,
        actions = { Said(word(Word.REPORT_SAVED), Texts.label, LocalPalette.current.faint) },
        bottom = { Thumb { if (page.voice.recording == Recording.None) ReportActions(page) else VoiceAtWork(page.voice, page.busy) } },
    ) {
        item(key = "photos") { Photos(page) }
        item(key = "position") { Position(page) }
        val wanted = page.wanted
        if (wanted == null) {
            item(key = "class") { GroupTitle(word(Word.REPORT_CLASS)) }
            item(key = "likely") { Likely(page) }
            around(page)
            optional(page)
        } else {
            item(key = "class") { GroupTitle(word(Word.REPORT_CLASS)) }
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
    if (page.phrases.isNotEmpty()) {
        item(key = "phrases") {
            GroupTitle(word(Word.REPORT_PHRASES))
            Phrases(page.phrases, page::say)
        }
    }
    item(key = "description") { Field(word(Word.REPORT_DESCRIPTION), page.draft.description, lines = 3, onChange = page::describe) }
    item(key = "voice") { VoiceCard(page.voice, page.field.platform.now(), page.busy) }
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
    item(key = "discard") { SoftButton(word(Word.DISCARD), Modifier.fillMaxWidth(), icon = Icon.CLEAR, onClick = page::discard) }
}

/** Hazards that are met every day, ready to be touched. */
private val HAZARDS = listOf(Word.HAZARD_FALL, Word.HAZARD_TRAFFIC, Word.HAZARD_ELECTRIC, Word.HAZARD_FLOOD, Word.HAZARD_FIRE)
