package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.Body
import xunge.core.CallStanding
import xunge.core.CheckinPage
import xunge.core.Instant
import xunge.core.Subject
import xunge.core.TimeComparison
import xunge.core.WrittenStepKind
import xunge.ui.parts.Badge
import xunge.ui.parts.Banner
import xunge.ui.parts.Card
import xunge.ui.parts.Chip
import xunge.ui.parts.Divider
import xunge.ui.parts.Field
import xunge.ui.parts.GroupTitle
import xunge.ui.parts.PageFrame
import xunge.ui.parts.PhotoStrip
import xunge.ui.parts.Said
import xunge.ui.parts.SideBySide
import xunge.ui.parts.SoftButton
import xunge.ui.parts.StepCard
import xunge.ui.parts.StrongButton
import xunge.ui.parts.Thumb
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.signs.sign
import xunge.ui.state.CheckinPageState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Word
import xunge.ui.words.duration
import xunge.ui.words.moment
import xunge.ui.words.named
import xunge.ui.words.said

@Composable
fun CheckinScreen(page: CheckinPageState) {
    val checkin = page.page
    PageFrame(
        title = checkin?.title ?: word(Word.CHECKINS_TITLE),
        onBack = page.field::back,
        problem = page.problem,
        onUnderstood = page::understood,
        bottom = { if (checkin != null) Thumb { Writing(page) } },
    ) {
        if (checkin == null) {
            item(key = "reading") { Quiet(word(Word.LOADING)) }
        } else {
            checkin(page, checkin)
        }
    }
}

private fun LazyListScope.checkin(page: CheckinPageState, checkin: CheckinPage) {
    item(key = "standing") { Standing(page, checkin) }
    if (checkin.calls.isNotEmpty()) {
        item(key = "calls") { GroupTitle(word(Word.CHECKIN_CALLS)) }
        items(checkin.calls, key = { "call ${it.party.id.text}" }) { Called(it, page.field.platform.now()) }
    }
    if (checkin.times.isNotEmpty()) item(key = "times") { Times(checkin, page.field.platform.now()) }
    if (checkin.photos.isNotEmpty()) item(key = "photos") { PhotoStrip(checkin.photos, page.field.gallery) }
    item(key = "what") { GroupTitle(word(Word.CHECKIN_WHAT)) }
    if (checkin.steps.isEmpty()) item(key = "no steps") { Quiet(word(Word.CHECKIN_NO_STEPS)) }
    // The newest first: what is happening now.
    items(checkin.steps.asReversed(), key = { it.id.text }) { StepCard(it, page.field) }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Standing(page: CheckinPageState, checkin: CheckinPage) {
    Card {
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            Badge(checkin.state.sign, style = Texts.title)
            Badge(checkin.delivery.sign, style = Texts.title)
        }
        Parties(Word.CHECKIN_VISITING, checkin.visiting)
        Parties(Word.CHECKIN_HOSTS, checkin.hosts)
        val initiation = checkin.initiation?.let { named(it.named) }
        val what =
            when (val subject = checkin.subject) {
                is Subject.Case -> word(Word.CHECKIN_SUBJECT_CASE)
                is Subject.Project -> word(Word.CHECKIN_SUBJECT_PROJECT)
                is Subject.Place -> subject.address.ifBlank { subject.point?.said() }
                null -> null
            }
        Said(word(Word.CHECKIN_SUBJECT), Texts.label, LocalPalette.current.faint)
        Said(listOfNotNull(initiation, what).joinToString(" · "))
        (checkin.subject as? Subject.Case)?.let { subject ->
            SoftButton(word(Word.LANE_OPEN), Modifier.fillMaxWidth()) { page.openSubject(subject) }
        }
    }
}

@Composable
private fun Parties(title: Word, parties: List<Body>) {
    if (parties.isEmpty()) return
    Said(word(title), Texts.label, LocalPalette.current.faint)
    Said(parties.joinToString("、") { it.name })
}

@Composable
private fun Called(call: CallStanding, now: Instant) {
    val arrived = call.arrivedAt
    val late = call.lateMillis ?: 0L
    val name = call.party.name
    when {
        arrived == null -> Banner(Tone.WAITING, Shape.DOTS, "$name · ${word(Word.CHECKIN_NOT_ARRIVED)}", word(Word.CHECKIN_DUE, moment(call.due, now)))
        late > 0 -> {
            val text = word(Word.CHECKIN_ARRIVED_LATE, moment(arrived, now), duration(late, LocalLanguage.current))
            Banner(Tone.BAD, Shape.HALF, name, text)
        }
        else -> Banner(Tone.GOOD, Shape.TICK, name, word(Word.CHECKIN_ARRIVED, moment(arrived, now)))
    }
}

/** The four times side by side; each comparison names which two. */
@Composable
private fun Times(checkin: CheckinPage, now: Instant) {
    val language = LocalLanguage.current
    GroupTitle(word(Word.CHECKIN_TIMES))
    Card {
        for (time in checkin.times) {
            Row(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.spacedBy(10.dp)) {
                Said(named(time.name.named), Texts.body, LocalPalette.current.faint, Modifier.weight(1f))
                Said(listOfNotNull(time.within?.said(language), time.at?.let { moment(it, now) }).joinToString(" · "))
            }
        }
        if (checkin.comparisons.isNotEmpty()) Divider()
        for (comparison in checkin.comparisons) Said(comparison.said(), Texts.body)
    }
}

@Composable
private fun TimeComparison.said(): String {
    val word =
        when {
            laterMillis > 0 -> Word.CHECKIN_LATER
            laterMillis < 0 -> Word.CHECKIN_EARLIER
            else -> Word.CHECKIN_SAME
        }
    return word(word, named(measured.named), named(against.named), duration(laterMillis, LocalLanguage.current))
}

/** A step, written where one stands. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Writing(page: CheckinPageState) {
    val writing = page.writing
    if (writing == null) {
        StrongButton(word(Word.CHECKIN_WRITE), icon = Icon.WRITE) { page.write(WrittenStepKind.PROGRESS) }
        return
    }
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        for (kind in WrittenStepKind.entries) Chip(named(kind.named), kind == writing) { page.write(kind) }
    }
    Field(word(Word.CHECKIN_WRITE_HINT), page.note, lines = 2) { page.note = it }
    SideBySide {
        SoftButton(word(Word.CANCEL), Modifier.fillMaxHeight()) { page.write(null) }
        SoftButton("${page.photos.size}", Modifier.fillMaxHeight(), icon = Icon.CAMERA, enabled = !page.busy, onClick = page::addPhoto)
        StrongButton(word(Word.SAVE), Modifier.weight(1f).fillMaxHeight(), enabled = page.ready, height = TOUCH_MIN, onClick = page::keep)
    }
}
