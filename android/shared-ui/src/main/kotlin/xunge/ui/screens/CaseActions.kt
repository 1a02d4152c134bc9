package xunge.ui.screens

import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.rememberScrollState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.ui.parts.Chip
import xunge.ui.parts.Field
import xunge.ui.parts.Phrases
import xunge.ui.parts.Said
import xunge.ui.parts.SideBySide
import xunge.ui.parts.SoftButton
import xunge.ui.parts.StrongButton
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.state.CasePageState
import xunge.ui.state.ESTIMATES
import xunge.ui.state.SiteAct
import xunge.ui.state.SiteActKind
import xunge.ui.state.SiteAnswer
import xunge.ui.state.with
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts
import xunge.ui.words.Word
import xunge.ui.words.named

/** What can be done with a case, at the thumb: an act on site first, a photo or a comment always. */
@Composable
internal fun CaseActions(page: CasePageState) {
    val comment = page.comment
    val acting = page.acting
    when {
        acting != null -> Acting(page, acting)
        comment != null -> Commenting(page, comment)
        else -> {
            for (kind in page.possible) {
                StrongButton(named(kind.action.named), enabled = !page.busy) { page.begin(kind) }
            }
            SideBySide {
                SoftButton(word(Word.CASE_ADD_PHOTO), Modifier.weight(1f).fillMaxHeight(), icon = Icon.CAMERA, enabled = !page.busy, onClick = page::addPhoto)
                SoftButton(word(Word.CASE_ADD_COMMENT), Modifier.weight(1f).fillMaxHeight(), icon = Icon.WRITE) { page.comment = "" }
            }
        }
    }
}

@Composable
private fun Commenting(page: CasePageState, comment: String) {
    Field(word(Word.CASE_COMMENT_HINT), comment, lines = 2) { page.comment = it }
    SideBySide {
        SoftButton(word(Word.CANCEL), Modifier.fillMaxHeight()) { page.comment = null }
        StrongButton(
            word(Word.CASE_COMMENT_SEND),
            Modifier.weight(1f).fillMaxHeight(),
            enabled = comment.isNotBlank() && !page.busy,
            height = TOUCH_MIN,
            onClick = page::leaveComment,
        )
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Acting(page: CasePageState, act: SiteAct) {
    if (act.answers.isNotEmpty()) {
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            for (answer in act.answers) {
                Chip(word(answer.word(act.kind)), answer == act.answer) { page.change(act.copy(answer = answer)) }
            }
        }
    }
    val again = act.photo != null
    SoftButton(
        word(if (again) Word.ACT_PHOTO_AGAIN else Word.ACT_PHOTO),
        Modifier.fillMaxWidth(),
        icon = Icon.CAMERA,
        enabled = !page.busy,
        onClick = page::photographAct,
    )
    val survey = act.kind == SiteActKind.JOINT_SURVEY
    Phrases(page.phrases) { page.change(act.copy(note = with(act.note, it))) }
    Field(word(if (survey) Word.ACT_CAUSE else Word.ACT_NOTE), act.note) { page.change(act.copy(note = it)) }
    if (survey) Estimates(page, act)
}

/** What ends an act, one way or the other: in view whatever is being written. */
@Composable
internal fun ActEnds(page: CasePageState, act: SiteAct) {
    SideBySide {
        SoftButton(word(Word.CANCEL), Modifier.fillMaxHeight()) { page.change(null) }
        StrongButton(
            "${named(act.kind.action.named)} · ${word(Word.ACT_SEND)}",
            Modifier.weight(1f).fillMaxHeight(),
            enabled = act.asked != null && !page.busy,
            height = TOUCH_MIN,
            onClick = page::submitAct,
        )
    }
}

/** How long the works may take, as the survey finds. */
@Composable
private fun Estimates(page: CasePageState, act: SiteAct) {
    Said(word(Word.ACT_ESTIMATE), Texts.label, LocalPalette.current.faint)
    Row(Modifier.fillMaxWidth().horizontalScroll(rememberScrollState()), horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        for (days in ESTIMATES) {
            val picked = days == act.workDays
            Chip(word(Word.ACT_WORK_DAYS, days), picked) { page.change(act.copy(workDays = days.takeIf { !picked })) }
        }
    }
}

private fun SiteAnswer.word(kind: SiteActKind): Word =
    when (this) {
        SiteAnswer.YES -> if (kind == SiteActKind.CHECK) Word.ACT_PASSED else Word.ACT_TRUE
        SiteAnswer.NO -> if (kind == SiteActKind.CHECK) Word.ACT_FAILED else Word.ACT_FALSE
        SiteAnswer.UNCLEAR -> Word.ACT_UNCLEAR
    }
