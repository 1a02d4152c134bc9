package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.CheckinRow
import xunge.core.Delivery
import xunge.core.Instant
import xunge.ui.parts.Badge
import xunge.ui.parts.Card
import xunge.ui.parts.PageFrame
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.StrongButton
import xunge.ui.parts.Tab
import xunge.ui.parts.Tabs
import xunge.ui.parts.Thumb
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.signs.Sign
import xunge.ui.signs.sign
import xunge.ui.state.CheckinListState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Named
import xunge.ui.words.Word
import xunge.ui.words.ago
import xunge.ui.words.named

@Composable
fun CheckinListScreen(page: CheckinListState) {
    val rows = page.rows
    PageFrame(
        title = word(Word.CHECKINS_TITLE),
        problem = page.problem,
        onUnderstood = page::understood,
        bottom = {
            if (page.mayOpen) Thumb { StrongButton(word(Word.CHECKIN_OPEN), icon = Icon.WRITE, onClick = page::begin) }
            Tabs(page.field, Tab.CHECKINS)
        },
    ) {
        when {
            rows == null -> item(key = "reading") { Quiet(word(Word.LOADING)) }
            rows.isEmpty() -> item(key = "none") { Quiet(word(Word.CHECKINS_NONE)) }
            else -> items(rows, key = { it.id.text }) { row -> CheckinCard(row, page.field.platform.now()) { page.open(row) } }
        }
        if (page.hasMore) item(key = "more") { SoftButton(word(Word.MORE), Modifier.fillMaxWidth(), onClick = page::more) }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun CheckinCard(row: CheckinRow, now: Instant, onOpen: () -> Unit) {
    val faint = LocalPalette.current.faint
    Card(onOpen = onOpen) {
        Said(row.title, Texts.title, lines = 2)
        val last = row.lastStep
        Said(if (last == null) word(Word.CHECKIN_NO_STEPS) else word(Word.CHECKIN_STEPS, row.steps, named(last.named)), Texts.label, faint)
        val initiation = row.initiation?.let { named(it.named) }
        Said(listOfNotNull(initiation, ago(row.updatedAt, now, LocalLanguage.current)).joinToString(" · "), Texts.label, faint)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(6.dp), verticalArrangement = Arrangement.spacedBy(6.dp)) {
            Badge(row.state.sign)
            if (row.delivery != Delivery.Received) Badge(row.delivery.sign)
            if (row.declined) Badge(Sign(Named(Word.CASES_DECLINED.zh, Word.CASES_DECLINED.en), Tone.BAD, Shape.CROSS))
        }
    }
}
