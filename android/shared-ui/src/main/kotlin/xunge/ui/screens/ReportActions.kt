package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.LikelyDuplicate
import xunge.core.PhotoPurpose
import xunge.ui.parts.Banner
import xunge.ui.parts.Card
import xunge.ui.parts.Field
import xunge.ui.parts.PhotoFrame
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.StrongButton
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.state.ReportState
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Word
import xunge.ui.words.named

/** What is done with a report, at the thumb. What may be the same matter is shown before it can be sent. */
@Composable
internal fun ReportActions(page: ReportState) {
    if (page.settling) return Settling(page)
    val linked = page.draft.possibleDuplicateOf
    val likeliest = page.duplicates.firstOrNull()
    if (linked != null) {
        Linked(page, page.duplicates.firstOrNull { it.case == linked })
    } else if (likeliest != null) {
        Likeliest(page, likeliest)
    }
    // Side by side with "the same matter" it says that this is the other choice.
    val says =
        when {
            page.busy -> Word.REPORT_BUSY
            page.draft.classCode == null -> Word.REPORT_CLASS_FIRST
            linked != null -> Word.REPORT_GO_LINKED
            likeliest != null -> Word.REPORT_ANYWAY
            else -> Word.REPORT_GO
        }
    StrongButton(
        word(says),
        icon = if (page.ready) Icon.SEND else null,
        enabled = page.ready,
        height = if (likeliest == null) 72.dp else TOUCH_MIN,
        onClick = page::report,
    )
    if (page.picked?.selfHandled == true) {
        SoftButton(word(Word.REPORT_SETTLE), Modifier.fillMaxWidth(), enabled = page.ready, onClick = page::beginSettling)
    }
}

@Composable
private fun Likeliest(page: ReportState, each: LikelyDuplicate) {
    Card(padding = PaddingValues(12.dp)) {
        Said(word(Word.REPORT_DUPLICATE), Texts.label, LocalPalette.current.faint)
        Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            if (each.thumb != null) PhotoFrame(page.field.gallery, each.thumb, "", Modifier.size(72.dp))
            Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(4.dp)) { DuplicateLines(each) }
        }
        SoftButton(word(Word.REPORT_SAME), Modifier.fillMaxWidth()) { page.link(each.case) }
    }
}

/** What was said of the same matter, and the way back. */
@Composable
private fun Linked(page: ReportState, each: LikelyDuplicate?) {
    val text = if (each == null) word(Word.REPORT_LINKED_UNKNOWN) else word(Word.REPORT_LINKED, each.title.ifBlank { each.className })
    Banner(Tone.ACTIVE, Shape.RIGHT, text)
    SoftButton(word(Word.REPORT_UNLINK), Modifier.fillMaxWidth()) { page.link(null) }
}

/** 自行处置 in one visit: the photo after, a note, and it is submitted. */
@Composable
private fun Settling(page: ReportState) {
    val after = page.after
    if (after == null) {
        Banner(Tone.WAITING, Shape.HALF, word(Word.REPORT_SETTLE_AFTER), word(Word.REPORT_SETTLE_BEFORE))
        StrongButton(
            "${word(Word.ACT_PHOTO)} · ${named(PhotoPurpose.AFTER.named)}",
            icon = Icon.CAMERA,
            enabled = !page.busy,
            onClick = page::photographAfter,
        )
    } else {
        Banner(Tone.GOOD, Shape.TICK, word(Word.REPORT_SETTLE_BOTH))
        Field(word(Word.REPORT_SETTLE_NOTE), page.settledNote) { page.settledNote = it }
        StrongButton(
            word(if (page.busy) Word.REPORT_BUSY else Word.REPORT_SETTLE_GO),
            icon = Icon.SEND,
            enabled = page.readyToSettle,
            onClick = page::settle,
        )
    }
    SoftButton(word(Word.REPORT_SETTLE_STOP), Modifier.fillMaxWidth(), enabled = !page.busy, onClick = page::stopSettling)
}
