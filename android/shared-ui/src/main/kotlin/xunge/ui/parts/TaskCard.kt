package xunge.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.runtime.Composable
import androidx.compose.ui.unit.dp
import xunge.core.Declined
import xunge.core.Instant
import xunge.core.Task
import xunge.core.TaskKind
import xunge.ui.signs.sign
import xunge.ui.state.TaskStanding
import xunge.ui.state.standing
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.OwnWord
import xunge.ui.words.Word
import xunge.ui.words.distance
import xunge.ui.words.moment
import xunge.ui.words.named

/** A task in a list: what, where, how far and how long. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun TaskCard(task: Task, metres: Double?, now: Instant, onOpen: () -> Unit) {
    val faint = LocalPalette.current.faint
    val language = LocalLanguage.current
    // What is not here yet cannot be opened.
    val here = task.title.isNotBlank()
    Card(onOpen = onOpen.takeIf { here }) {
        Said(if (here) task.title else task.localCode, Texts.title, lines = 2)
        if (!here) Said(word(Word.TASK_NOT_HERE), Texts.label, faint)
        val away = metres?.let { word(Word.TASK_AWAY, distance(it, language)) }
        val where = listOfNotNull(task.address.ifBlank { null }, away).joinToString(" · ")
        if (where.isNotEmpty()) Said(where, Texts.label, faint, lines = 2)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(6.dp), verticalArrangement = Arrangement.spacedBy(6.dp)) {
            Badge(task.kind.sign)
            Badge(task.standing(now).sign)
        }
        if (task.waits) Said(task.time(now), Texts.body)
        task.declined?.let { Said(it.said(), Texts.label, faint) }
    }
}

/** A task on the page of its case: what is asked, until when, and since when that counts. */
@Composable
fun TaskBanner(task: Task, now: Instant) {
    val standing = task.standing(now)
    val sign = standing.sign
    val asked =
        when {
            standing == TaskStanding.DECLINED -> OwnWord.TASK_DECLINED
            task.kind == TaskKind.VERIFY -> Word.TASK_VERIFY
            else -> Word.TASK_CHECK
        }
    val more =
        when (standing) {
            TaskStanding.ANSWERED -> word(Word.TASK_ANSWERED)
            TaskStanding.DECLINED -> listOfNotNull(task.declined?.why(), task.declined?.delivery?.let { named(it.named) }).joinToString("\n")
            TaskStanding.OVERDUE -> listOf(task.time(now), word(Word.TASK_LATE_FINE)).joinToString("\n")
            TaskStanding.SOON, TaskStanding.IN_TIME ->
                listOf(task.time(now), word(Word.TASK_CLOCK, moment(task.deliveredAt, now))).joinToString("\n")
        }
    // A decline that does not count leaves the task as it was, and says why.
    val refused = task.declined?.takeIf { task.waits }?.said()
    Banner(sign.tone, sign.shape, word(asked), listOfNotNull(more, refused).joinToString("\n"))
}

/** What was said of a task that is not taken, and why it does not count where it does not. */
@Composable
private fun Declined.said(): String =
    reason?.let { word(OwnWord.DECLINE_REFUSED, said(it)) } ?: word(OwnWord.DECLINE_SAID, why())

@Composable
private fun Declined.why(): String = listOfNotNull(named(cause.named), words.ifBlank { null }).joinToString("，")

@Composable
private fun Task.time(now: Instant): String =
    "${word(Word.TASK_DUE, moment(dueAt, now))} · ${left(dueAt, now, LocalLanguage.current)}"
