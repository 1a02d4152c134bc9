package xunge.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import xunge.ui.signs.Drawn
import xunge.ui.signs.Icon
import xunge.ui.state.CaseListState
import xunge.ui.state.CheckinListState
import xunge.ui.state.FieldState
import xunge.ui.state.HomeState
import xunge.ui.state.MeState
import xunge.ui.state.PageState
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Word

/** The four first pages. */
enum class Tab(val word: Word, val icon: Icon, val page: (FieldState) -> PageState) {
    TODAY(Word.TAB_TODAY, Icon.TODAY, ::HomeState),
    CASES(Word.TAB_CASES, Icon.CASES, ::CaseListState),
    CHECKINS(Word.TAB_CHECKINS, Icon.PEOPLE, ::CheckinListState),
    ME(Word.TAB_ME, Icon.ME, ::MeState),
}

/** The bar at the bottom of the four first pages. */
@Composable
fun Tabs(field: FieldState, open: Tab) {
    val palette = LocalPalette.current
    Column(Modifier.fillMaxWidth().background(palette.card.ground)) {
        Divider()
        Row(Modifier.fillMaxWidth().padding(horizontal = 6.dp, vertical = 4.dp)) {
            for (tab in Tab.entries) OneTab(tab, tab == open) { if (tab != open) field.show(tab.page(field)) }
        }
    }
}

@Composable
private fun RowScope.OneTab(tab: Tab, open: Boolean, onOpen: () -> Unit) {
    val palette = LocalPalette.current
    val ink = if (open) palette.soft.ink else palette.faint
    Column(
        Modifier
            .weight(1f)
            .heightIn(min = 60.dp)
            .clip(ROUND)
            .selectable(selected = open, role = Role.Tab, onClick = onOpen)
            .padding(vertical = 4.dp),
        horizontalAlignment = Alignment.CenterHorizontally,
        verticalArrangement = Arrangement.Center,
    ) {
        Box(
            Modifier
                .clip(RoundedCornerShape(14.dp))
                .background(if (open) palette.soft.ground else palette.card.ground)
                .padding(horizontal = 18.dp, vertical = 3.dp),
        ) {
            Drawn(tab.icon, ink, 24.dp)
        }
        Said(word(tab.word), Texts.label.copy(fontWeight = if (open) FontWeight.Bold else FontWeight.Normal), ink, lines = 1)
    }
}
