package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.Appearance
import xunge.core.BaseMap
import xunge.core.Language
import xunge.core.TextSize
import xunge.ui.parts.Banner
import xunge.ui.parts.Card
import xunge.ui.parts.Chip
import xunge.ui.parts.GroupTitle
import xunge.ui.parts.PageFrame
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.StandingCards
import xunge.ui.parts.word
import xunge.ui.signs.Shape
import xunge.ui.state.SettingsState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.OwnWord
import xunge.ui.words.Word
import xunge.ui.words.sized

@Composable
fun SettingsScreen(page: SettingsState) {
    val settings = page.field.settings
    PageFrame(title = word(Word.SETTINGS_TITLE), onBack = page.field::back, problem = page.problem, onUnderstood = page::understood) {
        item { Choice(Word.SETTINGS_LANGUAGE, Language.entries, settings.language, { it.word }, page::language) }
        item { Choice(Word.SETTINGS_TEXT, TextSize.entries, settings.textSize, { it.word }, page::textSize) }
        item { Choice(Word.SETTINGS_APPEARANCE, Appearance.entries, settings.appearance, { it.word }, page::appearance) }
        page.baseMap?.let { base -> item { Ground(base, page.baseMapWaits) } }
        item { StandingCards(page.standing) }
        item { Room(page) }
    }
}

/** The room that photos take, and the way to make some: what was freed is said, and that nothing else went. */
@Composable
private fun Room(page: SettingsState) {
    val language = LocalLanguage.current
    val bytes = page.photoBytes ?: return
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        GroupTitle(word(OwnWord.ROOM_TITLE))
        Card {
            Said(word(OwnWord.ROOM_USED, sized(bytes, language)), Texts.title)
            Said(word(OwnWord.ROOM_WHY), Texts.label, LocalPalette.current.faint)
            page.freed?.let {
                if (it.files == 0L) {
                    Banner(Tone.NEUTRAL, Shape.MINUS, word(OwnWord.ROOM_NOTHING))
                } else {
                    Banner(Tone.GOOD, Shape.TICK, word(OwnWord.ROOM_FREED, sized(it.bytes, language), it.files))
                }
            }
            SoftButton(word(OwnWord.ROOM_FREE), Modifier.fillMaxWidth(), enabled = !page.busy, onClick = page::freeOriginals)
        }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun <Value> Choice(title: Word, values: List<Value>, picked: Value, said: (Value) -> Word, onPick: (Value) -> Unit) {
    GroupTitle(word(title))
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        for (value in values) Chip(word(said(value)), value == picked) { onPick(value) }
    }
}

/** Which base map it is, and how much of it is here. */
@Composable
private fun Ground(base: BaseMap, waits: Boolean) {
    GroupTitle(word(Word.SETTINGS_BASE_MAP))
    Card {
        Said(base.title, Texts.title)
        Said(standing(base, waits))
        Said(base.attribution, Texts.label, LocalPalette.current.faint)
    }
}

private val Language.word: Word
    get() =
        when (this) {
            Language.CHINESE -> Word.LANGUAGE_CHINESE
            Language.ENGLISH -> Word.LANGUAGE_ENGLISH
        }

private val TextSize.word: Word
    get() =
        when (this) {
            TextSize.ORDINARY -> Word.TEXT_ORDINARY
            TextSize.LARGE -> Word.TEXT_LARGE
            TextSize.LARGEST -> Word.TEXT_LARGEST
        }

private val Appearance.word: Word
    get() =
        when (this) {
            Appearance.AS_THE_PHONE -> Word.APPEARANCE_PHONE
            Appearance.LIGHT -> Word.APPEARANCE_LIGHT
            Appearance.DARK -> Word.APPEARANCE_DARK
        }
