package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.unit.dp
import xunge.ui.parts.Chip
import xunge.ui.parts.PageFrame
import xunge.ui.parts.TaskCard
import xunge.ui.parts.word
import xunge.ui.state.TaskListState
import xunge.ui.state.TaskOrder
import xunge.ui.words.Word

@Composable
fun TaskListScreen(page: TaskListState) {
    val shown = page.shown
    PageFrame(
        title = word(Word.TASKS_TITLE),
        onBack = page.field::back,
        problem = page.problem,
        onUnderstood = page::understood,
    ) {
        when {
            shown == null -> item(key = "reading") { Quiet(word(Word.LOADING)) }
            shown.isEmpty() -> item(key = "none") { Quiet(word(Word.TASKS_NONE)) }
            else -> {
                item(key = "order") { Order(page) }
                items(shown, key = { "${it.kind} ${it.case.text}" }) { task ->
                    TaskCard(task, page.metresTo(task), page.field.serverTime()) { page.open(task) }
                }
            }
        }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Order(page: TaskListState) {
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        for (order in TaskOrder.entries) Chip(word(order.word), order == page.order) { page.order = order }
    }
}

private val TaskOrder.word: Word
    get() =
        when (this) {
            TaskOrder.TIME -> Word.TASKS_BY_TIME
            TaskOrder.DISTANCE -> Word.TASKS_BY_DISTANCE
        }
