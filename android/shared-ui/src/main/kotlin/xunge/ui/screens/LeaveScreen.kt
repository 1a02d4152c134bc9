package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import java.time.LocalDate
import xunge.core.Leave
import xunge.ui.parts.Badge
import xunge.ui.parts.Card
import xunge.ui.parts.Field
import xunge.ui.parts.IconButton
import xunge.ui.parts.PageFrame
import xunge.ui.parts.Said
import xunge.ui.parts.SideBySide
import xunge.ui.parts.SoftButton
import xunge.ui.parts.StrongButton
import xunge.ui.parts.Thumb
import xunge.ui.parts.said
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.signs.sign
import xunge.ui.signs.takenBackSign
import xunge.ui.state.LeaveForm
import xunge.ui.state.LeaveState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts
import xunge.ui.words.OwnWord
import xunge.ui.words.Word
import xunge.ui.words.dayNamed
import xunge.ui.words.dayOf
import xunge.ui.words.moment

@Composable
fun LeaveScreen(page: LeaveState) {
    val leaves = page.leaves
    val form = page.form
    PageFrame(
        title = word(OwnWord.LEAVE_TITLE),
        onBack = page.field::back,
        problem = page.problem,
        onUnderstood = page::understood,
        bottom = {
            if (form == null) {
                Thumb { StrongButton(word(OwnWord.LEAVE_SAY), icon = Icon.CALENDAR, onClick = page::begin) }
            } else {
                Thumb(last = { Ends(page) }) { Form(page, form) }
            }
        },
    ) {
        item(key = "why") { Said(word(OwnWord.LEAVE_WHY), Texts.label, LocalPalette.current.faint) }
        when {
            leaves == null -> item(key = "reading") { Quiet(word(Word.LOADING)) }
            leaves.isEmpty() -> item(key = "none") { Quiet(word(OwnWord.LEAVE_NONE)) }
            else -> items(leaves, key = { it.id.text }) { LeaveCard(page, it) }
        }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun LeaveCard(page: LeaveState, leave: Leave) {
    val now = page.field.serverTime()
    Card {
        Said(word(OwnWord.LEAVE_SPAN, moment(leave.from, now), moment(leave.until, now)), Texts.title)
        if (leave.words.isNotBlank()) Said(leave.words)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(6.dp)) {
            Badge(leave.delivery.sign)
            leave.takenBack?.let { Badge(it.takenBackSign) }
        }
        leave.reason?.let { Said(said(it)) }
        if (page.mayTakeBack(leave)) {
            SoftButton(word(OwnWord.LEAVE_TAKE_BACK), Modifier.fillMaxWidth(), enabled = !page.busy) { page.takeBack(leave) }
        }
    }
}

@Composable
private fun Form(page: LeaveState, form: LeaveForm) {
    val fromNow = form.first == dayOf(page.field.serverTime())
    Day(OwnWord.LEAVE_FIRST, form.first, if (fromNow) word(OwnWord.LEAVE_FROM_NOW) else null, page::moveFirst)
    Day(OwnWord.LEAVE_LAST, form.last, null, page::moveLast)
    Field(word(OwnWord.LEAVE_WORDS), form.words, onChange = page::say)
}

/** A day, moved one by one: large enough for a thumb, and read to those who do not see it. */
@Composable
private fun Day(title: OwnWord, day: LocalDate, beside: String?, onMove: (Long) -> Unit) {
    Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
        Column(Modifier.weight(1f)) {
            Said(word(title), Texts.label, LocalPalette.current.faint)
            Said(dayNamed(day, LocalLanguage.current), Texts.title)
            beside?.let { Said(it, Texts.label, LocalPalette.current.faint, align = TextAlign.Start) }
        }
        IconButton(Icon.FARTHER, word(OwnWord.LEAVE_EARLIER, word(title))) { onMove(-1) }
        IconButton(Icon.CLOSER, word(OwnWord.LEAVE_LATER, word(title))) { onMove(1) }
    }
}

@Composable
private fun Ends(page: LeaveState) {
    SideBySide {
        SoftButton(word(Word.CANCEL), Modifier.fillMaxHeight(), onClick = page::cancel)
        StrongButton(
            word(OwnWord.LEAVE_GO),
            Modifier.weight(1f).fillMaxHeight(),
            enabled = !page.busy,
            height = TOUCH_MIN,
            onClick = page::submit,
        )
    }
}
