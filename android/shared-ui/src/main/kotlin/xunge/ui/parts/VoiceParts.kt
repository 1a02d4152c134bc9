package xunge.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import xunge.core.Instant
import xunge.core.PrivateDelivery
import xunge.core.PrivateRecord
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.signs.sign
import xunge.ui.state.Recording
import xunge.ui.state.VoiceNotes
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.OwnWord
import xunge.ui.words.ago
import xunge.ui.words.sized

/** What stands at the thumb while a recording runs or waits to be kept: it is the only thing to do then. */
@Composable
fun VoiceAtWork(voice: VoiceNotes, busy: Boolean) {
    when (val recording = voice.recording) {
        Recording.None -> Unit
        is Recording.Running -> {
            // Those who do not see it hear that it has begun, not every second of it.
            Column(Modifier.semantics { liveRegion = LiveRegionMode.Polite }) { Said(word(OwnWord.VOICE_TITLE), Texts.label, LocalPalette.current.faint) }
            Banner(Tone.BAD, Shape.DISC, word(OwnWord.VOICE_RUNNING, minutes(voice.seconds)), word(OwnWord.VOICE_LIMITS, voice.minutesMax))
            SideBySide {
                SoftButton(word(OwnWord.VOICE_DISCARD), Modifier.fillMaxHeight(), onClick = voice::throwAway)
                StrongButton(word(OwnWord.VOICE_STOP), Modifier.weight(1f).fillMaxHeight(), icon = Icon.STOP, height = TOUCH_MIN, onClick = voice::stop)
            }
        }
        is Recording.Made -> {
            Banner(Tone.WAITING, Shape.PHONE, word(OwnWord.VOICE_MADE, minutes(recording.seconds)), word(OwnWord.VOICE_MADE_MORE))
            SoftButton(
                word(if (voice.playing) OwnWord.VOICE_LISTEN_STOP else OwnWord.VOICE_LISTEN),
                Modifier.fillMaxWidth(),
                onClick = if (voice.playing) voice::stopListening else voice::listen,
            )
            SideBySide {
                SoftButton(word(OwnWord.VOICE_DISCARD), Modifier.fillMaxHeight(), onClick = voice::throwAway)
                StrongButton(word(OwnWord.VOICE_KEEP), Modifier.weight(1f).fillMaxHeight(), enabled = !busy, height = TOUCH_MIN, onClick = voice::keep)
            }
        }
    }
}

/** The voice notes of a case or draft, and the way to another one. Nothing where the device records none and has none. */
@Composable
fun VoiceCard(voice: VoiceNotes, now: Instant, busy: Boolean) {
    if (!voice.possible && voice.kept.isEmpty()) return
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        GroupTitle(word(OwnWord.VOICE_TITLE))
        if (voice.kept.isNotEmpty()) {
            Card {
                voice.kept.forEachIndexed { at, record ->
                    if (at > 0) Divider()
                    Kept(record, now, busy) { voice.discard(record) }
                }
            }
        }
        if (voice.possible) {
            if (voice.failed) Banner(Tone.WAITING, Shape.TRIANGLE, word(OwnWord.VOICE_FAILED))
            SoftButton(word(OwnWord.VOICE_BEGIN), Modifier.fillMaxWidth(), icon = Icon.MICROPHONE, enabled = !busy, onClick = voice::begin)
            Said(word(OwnWord.VOICE_LIMITS, voice.minutesMax), Texts.label, LocalPalette.current.faint)
        }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Kept(record: PrivateRecord, now: Instant, busy: Boolean, onDiscard: () -> Unit) {
    val language = LocalLanguage.current
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(6.dp),
        itemVerticalAlignment = Alignment.CenterVertically,
    ) {
        Said("${word(OwnWord.VOICE_ONE)} · ${sized(record.bytes, language)} · ${ago(record.at, now, language)}")
        Badge(record.delivery.sign)
    }
    record.reason?.let { Said(said(it), Texts.label) }
    if (record.delivery != PrivateDelivery.RECEIVED) SoftButton(word(OwnWord.VOICE_DISCARD), enabled = !busy, onClick = onDiscard)
}

/** `1:07`. */
private fun minutes(seconds: Int): String = "%d:%02d".format(seconds / 60, seconds % 60)
