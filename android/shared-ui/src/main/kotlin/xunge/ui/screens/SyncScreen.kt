package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.SyncOutcome
import xunge.core.SyncStatus
import xunge.ui.parts.Badge
import xunge.ui.parts.Banner
import xunge.ui.parts.Card
import xunge.ui.parts.Divider
import xunge.ui.parts.PageFrame
import xunge.ui.parts.ProblemBanner
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.StandingCards
import xunge.ui.parts.StrongButton
import xunge.ui.parts.Thumb
import xunge.ui.parts.said
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.signs.Sign
import xunge.ui.state.SyncState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Named
import xunge.ui.words.Word
import xunge.ui.words.duration
import xunge.ui.words.moment

@Composable
fun SyncScreen(page: SyncState) {
    val work = page.field.syncing
    val status = page.status
    PageFrame(
        title = word(Word.SYNC_TITLE),
        onBack = page.field::back,
        problem = page.problem,
        onUnderstood = page::understood,
        bottom = {
            Thumb {
                StrongButton(
                    word(if (work.running) Word.SYNC_BUSY else Word.SYNC_NOW),
                    icon = Icon.SEND,
                    enabled = !work.running,
                    onClick = page::sendNow,
                )
            }
        },
    ) {
        if (status == null) {
            item(key = "reading") { Quiet(word(Word.LOADING)) }
            return@PageFrame
        }
        item(key = "all") { DeliveryBanner(status, null) }
        if (!work.running) work.outcome?.let { item(key = "outcome") { Outcome(it, heldBack = status.photoFilesHeldBack > 0) } }
        work.problem?.let { item(key = "work problem") { ProblemBanner(it) { page.sendNow() } } }
        if (status.photoFilesHeldBack > 0) item(key = "held") { HeldBack(page, status.photoFilesHeldBack) }
        if (status.setAside.isNotEmpty()) {
            item(key = "lane") {
                Banner(Tone.BAD, Shape.CROSS, word(Word.HOME_LANE, status.setAside.size), word(Word.HOME_LANE_MORE), page::openLane)
            }
        }
        item(key = "counts") { Counts(status) }
        status.baseMapProblem?.let { item(key = "base map") { Banner(Tone.WAITING, Shape.HALF, word(Word.SETTINGS_BASE_MAP), said(it)) } }
        item(key = "compared") { Compared(page, status) }
        item(key = "standing") { StandingCards(page.standing) }
        item(key = "fine") { Quiet(word(Word.SYNC_OFFLINE_FINE)) }
    }
}

@Composable
private fun Outcome(outcome: SyncOutcome, heldBack: Boolean) {
    when (outcome) {
        SyncOutcome.Done -> Banner(Tone.GOOD, Shape.TICK, word(if (heldBack) Word.SYNC_DONE_HELD else Word.SYNC_DONE))
        is SyncOutcome.Refused -> Banner(Tone.BAD, Shape.CROSS, said(outcome.why))
        SyncOutcome.Revoked -> Banner(Tone.BAD, Shape.MINUS, word(Word.SYNC_REVOKED))
        is SyncOutcome.Later -> {
            val text =
                if (outcome.afterMillis == 0L) {
                    word(Word.SYNC_AGAIN)
                } else {
                    word(Word.SYNC_LATER, duration(outcome.afterMillis, LocalLanguage.current))
                }
            Banner(Tone.WAITING, Shape.BARS, text, outcome.why?.let { said(it) })
        }
    }
}

/** What waits because the link costs, and the way to send it all the same. */
@Composable
private fun HeldBack(page: SyncState, files: Long) {
    Card {
        Banner(Tone.PAUSED, Shape.BARS, word(Word.SYNC_HELD, files), word(Word.SYNC_HELD_MORE))
        SoftButton(word(Word.SYNC_ALL_NOW), Modifier.fillMaxWidth(), icon = Icon.SEND, enabled = !page.field.syncing.running, onClick = page::sendAllNow)
    }
}

@Composable
private fun Counts(status: SyncStatus) {
    Card {
        Count(Word.SYNC_TEXTS, status.textsUnsent)
        Divider()
        Count(Word.SYNC_PHOTOS, status.photoFilesUnsent)
    }
}

@Composable
private fun Count(what: Word, unsent: Long) {
    val language = LocalLanguage.current
    val sign =
        if (unsent == 0L) {
            Sign(Named(Word.SYNC_SAFE.zh, Word.SYNC_SAFE.en), Tone.GOOD, Shape.TICK)
        } else {
            val text = Word.SYNC_LEFT.of(language, unsent)
            Sign(Named(text, text), Tone.WAITING, Shape.PHONE)
        }
    Row(
        Modifier.fillMaxWidth(),
        horizontalArrangement = Arrangement.spacedBy(10.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Said(word(what), Texts.title, modifier = Modifier.weight(1f))
        Badge(sign)
    }
}

/** Whether this device and the server have the same, as far as anybody looked. */
@Composable
private fun Compared(page: SyncState, status: SyncStatus) {
    val faint = LocalPalette.current.faint
    Card {
        val compared = status.comparedAt
        Said(
            if (compared == null) {
                word(Word.SYNC_NEVER_COMPARED)
            } else {
                word(Word.SYNC_COMPARED, moment(compared, page.field.platform.now()))
            },
            Texts.label,
            faint,
        )
        if (status.failures > 0) Said(word(Word.SYNC_FAILURES, status.failures), Texts.label, faint)
        if (status.differs) Banner(Tone.WAITING, Shape.HALF, word(Word.SYNC_DIFFERS))
        if (status.logContradicted) Banner(Tone.BAD, Shape.TRIANGLE, word(Word.SYNC_LOG))
    }
}
