package xunge.ui.parts

import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.rememberScrollState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp

/** Texts of the city's table in one row, ready to be touched. In Chinese whatever the screen speaks: colleagues read them. */
@Composable
fun Phrases(phrases: List<String>, onPick: (String) -> Unit) {
    if (phrases.isEmpty()) return
    Row(Modifier.fillMaxWidth().horizontalScroll(rememberScrollState()), horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        for (phrase in phrases) SoftButton(phrase) { onPick(phrase) }
    }
}
