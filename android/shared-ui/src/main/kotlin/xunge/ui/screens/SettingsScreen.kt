package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.runtime.Composable
import androidx.compose.ui.unit.dp
import xunge.core.Appearance
import xunge.core.Language
import xunge.core.TextSize
import xunge.ui.parts.Chip
import xunge.ui.parts.GroupTitle
import xunge.ui.parts.PageFrame
import xunge.ui.parts.word
import xunge.ui.state.SettingsState
import xunge.ui.words.Word

@Composable
fun SettingsScreen(page: SettingsState) {
    val settings = page.field.settings
    PageFrame(title = word(Word.SETTINGS_TITLE), onBack = page.field::back) {
        item { Choice(Word.SETTINGS_LANGUAGE, Language.entries, settings.language, { it.word }, page::language) }
        item { Choice(Word.SETTINGS_TEXT, TextSize.entries, settings.textSize, { it.word }, page::textSize) }
        item { Choice(Word.SETTINGS_APPEARANCE, Appearance.entries, settings.appearance, { it.word }, page::appearance) }
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
