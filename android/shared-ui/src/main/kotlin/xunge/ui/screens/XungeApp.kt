package xunge.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import xunge.ui.parts.PageFrame
import xunge.ui.parts.word
import xunge.ui.state.CaseListState
import xunge.ui.state.CasePageState
import xunge.ui.state.CheckinListState
import xunge.ui.state.CheckinOpenState
import xunge.ui.state.CheckinPageState
import xunge.ui.state.EnrolState
import xunge.ui.state.FieldState
import xunge.ui.state.HomeState
import xunge.ui.state.LaneState
import xunge.ui.state.LeaveState
import xunge.ui.state.MapState
import xunge.ui.state.MeState
import xunge.ui.state.PageState
import xunge.ui.state.PlaceState
import xunge.ui.state.ReportState
import xunge.ui.state.SettingsState
import xunge.ui.state.SyncState
import xunge.ui.state.TaskListState
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.XungeTheme
import xunge.ui.words.Word

/** The whole app: the page on top, in this person's colours, language and size. */
@Composable
fun XungeApp(field: FieldState) {
    XungeTheme(field.settings, field.platform.fonts) {
        Box(Modifier.fillMaxSize().background(LocalPalette.current.page.ground)) {
            Page(field.page)
        }
    }
}

@Composable
private fun Page(page: PageState?) {
    when (page) {
        null -> PageFrame(word(Word.APP_NAME)) {}
        is EnrolState -> EnrolScreen(page)
        is HomeState -> HomeScreen(page)
        is ReportState -> ReportScreen(page)
        is TaskListState -> TaskListScreen(page)
        is MapState -> MapScreen(page)
        is PlaceState -> PlaceScreen(page)
        is CaseListState -> CaseListScreen(page)
        is CasePageState -> CaseScreen(page)
        is SyncState -> SyncScreen(page)
        is LeaveState -> LeaveScreen(page)
        is LaneState -> LaneScreen(page)
        is CheckinListState -> CheckinListScreen(page)
        is CheckinOpenState -> CheckinOpenScreen(page)
        is CheckinPageState -> CheckinScreen(page)
        is MeState -> MeScreen(page)
        is SettingsState -> SettingsScreen(page)
    }
}
