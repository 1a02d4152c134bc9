package xunge.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.ui.signs.Icon
import xunge.ui.signs.Shape
import xunge.ui.state.PatrolState
import xunge.ui.state.Patrolling
import xunge.ui.theme.Tone
import xunge.ui.words.OwnWord
import xunge.ui.words.Word

/** A patrol 巡查: to be begun, or that it runs, with what pauses and ends it. */
@Composable
fun PatrolCard(patrol: Patrolling, refused: Boolean, onBegin: () -> Unit) {
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        when (patrol.state) {
            PatrolState.OFF -> {
                if (refused) Banner(Tone.WAITING, Shape.TRIANGLE, word(OwnWord.PATROL_REFUSED))
                SoftButton(word(OwnWord.PATROL_BEGIN), Modifier.fillMaxWidth(), icon = Icon.WALK, onClick = onBegin)
            }
            PatrolState.RUNNING -> {
                Banner(Tone.ACTIVE, Shape.DISC, word(OwnWord.PATROL_RUNNING), word(OwnWord.PATROL_RUNNING_MORE))
                Orders(OwnWord.PATROL_PAUSE, patrol::pause, patrol::end)
            }
            PatrolState.PAUSED -> {
                Banner(Tone.PAUSED, Shape.BARS, word(OwnWord.PATROL_PAUSED), word(OwnWord.PATROL_PAUSED_MORE))
                Orders(OwnWord.PATROL_RESUME, patrol::resume, patrol::end)
            }
        }
    }
}

@Composable
private fun Orders(first: OwnWord, onFirst: () -> Unit, onEnd: () -> Unit) {
    SideBySide {
        SoftButton(word(first), Modifier.weight(1f).fillMaxHeight(), onClick = onFirst)
        SoftButton(word(OwnWord.PATROL_END), Modifier.weight(1f).fillMaxHeight(), icon = Icon.STOP, onClick = onEnd)
    }
}
