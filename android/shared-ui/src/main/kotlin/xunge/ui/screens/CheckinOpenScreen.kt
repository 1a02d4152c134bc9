package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.OrganisationId
import xunge.ui.parts.Banner
import xunge.ui.parts.Card
import xunge.ui.parts.Chip
import xunge.ui.parts.Field
import xunge.ui.parts.FindField
import xunge.ui.parts.GroupTitle
import xunge.ui.parts.PageFrame
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.StrongButton
import xunge.ui.parts.Thumb
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.state.CALL_HOURS
import xunge.ui.state.CheckinOpenState
import xunge.ui.state.ON_SITE_INITIATIONS
import xunge.ui.state.PositionSaid
import xunge.ui.state.Side
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.OwnWord
import xunge.ui.words.Word
import xunge.ui.words.named

@Composable
fun CheckinOpenScreen(page: CheckinOpenState) {
    val side = page.picking
    if (side == null) Form(page) else Picking(page, side)
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Form(page: CheckinOpenState) {
    PageFrame(
        title = word(Word.CHECKIN_OPEN_TITLE),
        onBack = page.field::back,
        problem = page.problem,
        onUnderstood = page::understood,
        bottom = {
            Thumb {
                if (!page.ready && !page.busy) Said(word(if (page.whistle) OwnWord.CALL_MISSING else Word.CHECKIN_OPEN_MISSING), Texts.label, LocalPalette.current.faint)
                StrongButton(word(Word.CHECKIN_OPEN_GO), icon = Icon.SEND, enabled = page.ready, onClick = page::open)
            }
        },
    ) {
        item(key = "title") { Field(word(Word.CHECKIN_OPEN_WHAT), page.title) { page.title = it } }
        item(key = "how") {
            GroupTitle(word(Word.CHECKIN_OPEN_HOW))
            FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
                for (each in ON_SITE_INITIATIONS) Chip(named(each.named), each == page.initiation) { page.initiation = each }
            }
        }
        item(key = "where") { Where(page) }
        for (side in Side.entries) item(key = side) { Parties(page, side) }
        if (page.whistle) items(page.visiting, key = { "call ${it.text}" }) { Called(page, it) }
    }
}

@Composable
private fun Where(page: CheckinOpenState) {
    if (page.about != null) {
        Banner(Tone.ACTIVE, Shape.RIGHT, word(Word.CHECKIN_SUBJECT_CASE))
        return
    }
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Field(word(Word.CHECKIN_OPEN_WHERE), page.address) { page.address = it }
        val said =
            when (val position = page.position) {
                is PositionSaid.Good -> word(Word.REPORT_PLACE_GOOD, position.metres)
                is PositionSaid.Weak -> word(Word.REPORT_PLACE_GOOD, position.metres)
                PositionSaid.Unsaid -> word(Word.REPORT_PLACE_UNSAID)
                PositionSaid.Waiting -> word(Word.REPORT_PLACE_WAITING)
            }
        Said(said, Texts.label, LocalPalette.current.faint)
    }
}

@Composable
private fun Parties(page: CheckinOpenState, side: Side) {
    val picked = page.parties(side)
    Card {
        Said(word(side.word), Texts.label, LocalPalette.current.faint)
        if (picked.isNotEmpty()) Said(picked.joinToString("、") { page.nameOf(it) })
        SoftButton(word(Word.CHECKIN_OPEN_PICK), Modifier.fillMaxWidth(), icon = Icon.PEOPLE) { page.pickFor(side) }
    }
}

/** Of a whistle: what one party has to do, and until when it has to be there. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Called(page: CheckinOpenState, party: OrganisationId) {
    val calling = page.calling(party)
    Card {
        Said(word(OwnWord.CALL_PARTY, page.nameOf(party)), Texts.title)
        Field(word(OwnWord.CALL_OBLIGATION), calling.obligation) { page.call(party, calling.copy(obligation = it)) }
        Said(word(OwnWord.CALL_WITHIN), Texts.label, LocalPalette.current.faint)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            for (hours in CALL_HOURS) {
                Chip(word(Word.HOURS, hours), hours == calling.hours) { page.call(party, calling.copy(hours = hours)) }
            }
        }
    }
}

/** The bodies of the city, to touch. */
@Composable
private fun Picking(page: CheckinOpenState, side: Side) {
    PageFrame(
        title = word(side.word),
        onBack = { page.pickFor(null) },
        bottom = { Thumb { StrongButton(word(Word.CHECKIN_OPEN_DONE)) { page.pickFor(null) } } },
    ) {
        item(key = "find") { FindField(page.wanted, word(Word.CHECKIN_OPEN_FIND), word(Word.CLEAR)) { page.wanted = it } }
        if (page.found.isEmpty()) item(key = "none") { Quiet(word(Word.CHECKIN_OPEN_NO_BODY)) }
        items(page.found, key = { it.id.text }) { body ->
            Chip(body.name, body.id in page.parties(side), Modifier.fillMaxWidth()) { page.pick(side, body.id) }
        }
    }
}

private val Side.word: Word
    get() =
        when (this) {
            Side.VISITING -> Word.CHECKIN_VISITING
            Side.HOSTS -> Word.CHECKIN_HOSTS
        }
