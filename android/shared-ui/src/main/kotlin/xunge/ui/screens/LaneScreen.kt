package xunge.ui.screens

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import xunge.ui.parts.LaneCard
import xunge.ui.parts.PageFrame
import xunge.ui.parts.word
import xunge.ui.state.LaneState
import xunge.ui.words.Word

@Composable
fun LaneScreen(page: LaneState) {
    val lane = page.lane
    PageFrame(
        title = word(Word.LANE_TITLE),
        onBack = page.field::back,
        problem = page.problem,
        onUnderstood = page::understood,
    ) {
        when {
            lane == null -> item(key = "reading") { Quiet(word(Word.LOADING)) }
            lane.isEmpty() -> item(key = "none") { Quiet(word(Word.LANE_NONE)) }
            else -> {
                item(key = "why") { Quiet(word(Word.LANE_WHY)) }
                items(lane, key = { it.id.text }) { item ->
                    LaneCard(item, page.field.platform.now(), { page.open(item) }) { page.dismiss(item) }
                }
            }
        }
    }
}
