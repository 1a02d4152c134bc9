package androidx.activity.compose

import androidx.activity.ComponentActivity
import androidx.compose.runtime.Composable

/** Stands for androidx's; never run. */
fun ComponentActivity.setContent(content: @Composable () -> Unit): Unit = error("only to compile against: $this, $content")

/** Stands for androidx's; never run. */
@Composable
fun BackHandler(enabled: Boolean = true, onBack: () -> Unit): Unit = error("only to compile against: $enabled, $onBack")
