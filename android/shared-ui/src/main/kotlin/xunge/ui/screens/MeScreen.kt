package xunge.ui.screens

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import xunge.core.MePage
import xunge.ui.parts.Card
import xunge.ui.parts.Divider
import xunge.ui.parts.PageFrame
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.Tab
import xunge.ui.parts.Tabs
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.state.MeState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.OwnWord
import xunge.ui.words.Word
import xunge.ui.words.named

@Composable
fun MeScreen(page: MeState) {
    val me = page.me
    PageFrame(
        title = me?.person?.name ?: word(Word.ME_TITLE),
        problem = page.problem,
        onUnderstood = page::understood,
        bottom = { Tabs(page.field, Tab.ME) },
    ) {
        if (me != null) item(key = "me") { About(me) }
        item(key = "delivery") { SoftButton(word(Word.ME_DELIVERY), Modifier.fillMaxWidth(), icon = Icon.SHIELD, onClick = page::openDelivery) }
        item(key = "leave") { SoftButton(word(OwnWord.LEAVE_TITLE), Modifier.fillMaxWidth(), icon = Icon.CALENDAR, onClick = page::openLeave) }
        item(key = "settings") { SoftButton(word(Word.ME_SETTINGS), Modifier.fillMaxWidth(), icon = Icon.SETTINGS, onClick = page::openSettings) }
    }
}

@Composable
private fun About(me: MePage) {
    val language = LocalLanguage.current
    Card {
        Fact(Word.ME_ROLES, me.person.roles.joinToString("、") { it.named.of(language) })
        me.person.organisation?.let { Fact(Word.ME_ORGANISATION, it.text) }
        Fact(Word.ME_BEATS, me.person.dutyGrids.joinToString("、").ifEmpty { word(Word.HOME_NO_BEAT) })
        Divider()
        Fact(Word.ME_SERVER, me.serverUrl)
        val protection =
            when {
                me.encrypted && me.keyInHardware -> Word.ME_ENCRYPTED_HARDWARE
                me.encrypted -> Word.ME_ENCRYPTED
                else -> Word.ME_NOT_ENCRYPTED
            }
        Fact(Word.ME_PROTECTION, word(protection))
    }
}

@Composable
private fun Fact(name: Word, text: String) {
    Said(word(name), Texts.label, LocalPalette.current.faint)
    Said(text)
}
