package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.Draft
import xunge.core.HomePage
import xunge.core.SyncStatus
import xunge.core.Task
import xunge.ui.parts.Banner
import xunge.ui.parts.Card
import xunge.ui.parts.CaseRowCard
import xunge.ui.parts.GroupTitle
import xunge.ui.parts.IconButton
import xunge.ui.parts.PageFrame
import xunge.ui.parts.PatrolCard
import xunge.ui.parts.PhotoFrame
import xunge.ui.parts.Said
import xunge.ui.parts.StrongButton
import xunge.ui.parts.Tab
import xunge.ui.parts.Tabs
import xunge.ui.parts.Thumb
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.signs.sign
import xunge.ui.state.HomeState
import xunge.ui.state.PatrolState
import xunge.ui.state.TaskStanding
import xunge.ui.state.standing
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Word
import xunge.ui.words.ago
import xunge.ui.words.moment

@Composable
fun HomeScreen(page: HomeState) {
    val home = page.home
    PageFrame(
        title = home?.person?.name ?: word(Word.APP_NAME),
        problem = page.problem,
        onUnderstood = page::understood,
        actions = { IconButton(Icon.MAP, word(Word.HOME_MAP), onClick = page::openMap) },
        bottom = {
            Thumb { StrongButton(word(Word.SHUTTER), icon = Icon.CAMERA, height = 72.dp, enabled = !page.busy, onClick = page::shoot) }
            Tabs(page.field, Tab.TODAY)
        },
    ) {
        if (home == null) return@PageFrame
        item(key = "beat") { Beat(home) }
        // One that runs is seen before anything else.
        val patrol = page.patrol?.let { patrol -> @Composable { PatrolCard(patrol, page.patrolRefused, page::beginPatrol) } }
        val walking = page.patrol?.state?.let { it != PatrolState.OFF } == true
        if (patrol != null && walking) item(key = "patrol runs") { patrol() }
        item(key = "delivery") { DeliveryBanner(home.status, page::openDelivery) }
        if (home.status.setAside.isNotEmpty()) {
            item(key = "lane") {
                Banner(Tone.BAD, Shape.CROSS, word(Word.HOME_LANE, home.status.setAside.size), word(Word.HOME_LANE_MORE), page::openLane)
            }
        }
        val open = home.tasks.filter { it.waits }
        if (open.isNotEmpty()) item(key = "tasks") { TasksBanner(page, open) }
        if (patrol != null && !walking) item(key = "patrol") { patrol() }
        if (home.drafts.isNotEmpty()) {
            item(key = "drafts") { GroupTitle(word(Word.HOME_DRAFTS)) }
            items(home.drafts, key = { it.id.text }) { draft -> DraftCard(page, draft) }
        }
        item(key = "recent") { GroupTitle(word(Word.HOME_RECENT)) }
        if (home.recent.isEmpty()) item(key = "nothing") { Said(word(Word.HOME_NOTHING), Texts.body, LocalPalette.current.faint) }
        items(home.recent, key = { "case ${it.id.text}" }) { row ->
            CaseRowCard(row, page.field.gallery, page.field.platform.now()) { page.open(row) }
        }
    }
}

@Composable
private fun Beat(home: HomePage) {
    val beats = home.person.dutyGrids
    Said(
        if (beats.isEmpty()) word(Word.HOME_NO_BEAT) else word(Word.HOME_BEAT, beats.joinToString("、")),
        Texts.label,
        LocalPalette.current.faint,
        Modifier.padding(start = 4.dp),
    )
}

/** What this person was sent for; opens the list. */
@Composable
private fun TasksBanner(page: HomeState, open: List<Task>) {
    val now = page.field.serverTime()
    val worst = open.map { it.standing(now) }.maxOf { it }
    val late = worst == TaskStanding.OVERDUE
    val more = if (late) word(Word.HOME_TASKS_LATE) else word(Word.HOME_TASKS_NEXT, moment(open.minOf { it.dueAt }, now))
    Banner(worst.sign.tone, worst.sign.shape, word(Word.HOME_TASKS, open.size), more, page::openTasks)
}

/** What is not safe yet; opens the sync page. */
@Composable
fun DeliveryBanner(status: SyncStatus, onOpen: (() -> Unit)?) {
    val unsent = status.textsUnsent + status.photoFilesUnsent
    if (unsent == 0L) {
        Banner(Tone.GOOD, Shape.TICK, word(Word.HOME_ALL_SAFE), word(Word.HOME_ALL_SAFE_MORE), onOpen)
    } else {
        val text =
            if (status.photoFilesUnsent == 0L) {
                word(Word.HOME_UNSENT, unsent)
            } else {
                word(Word.HOME_UNSENT_PHOTOS, unsent, status.photoFilesUnsent)
            }
        // With signal and all the same not sent: it says what for.
        val onlyHeld = status.photoFilesHeldBack > 0 && status.photoFilesHeldBack == unsent
        Banner(Tone.WAITING, Shape.PHONE, text, word(if (onlyHeld) Word.HOME_HELD_MORE else Word.HOME_UNSENT_MORE), onOpen)
    }
}

@Composable
private fun DraftCard(page: HomeState, draft: Draft) {
    val name = draft.classCode?.let { page.classNames[it] }
    Card(onOpen = { page.open(draft) }, padding = PaddingValues(12.dp)) {
        Row(horizontalArrangement = Arrangement.spacedBy(12.dp), verticalAlignment = Alignment.CenterVertically) {
            PhotoFrame(page.field.gallery, draft.photos.firstOrNull()?.hash, "", Modifier.size(56.dp))
            Column(Modifier.weight(1f)) {
                Said(if (name == null) word(Word.REPORT_CLASS_FIRST) else named(name), Texts.title, lines = 2)
                Said(ago(draft.updatedAt, page.field.platform.now(), LocalLanguage.current), Texts.label, LocalPalette.current.faint)
            }
        }
    }
}
