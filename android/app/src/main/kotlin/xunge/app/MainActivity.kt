package xunge.app

import android.content.Intent
import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.text.BasicText
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import xunge.platform.screen.PhoneScreen
import xunge.platform.screen.Shown
import xunge.ui.screens.XungeApp

/** The window of the app. What it does is in [PhoneScreen], which is tested without it. */
class MainActivity : ComponentActivity() {
    private val screen: PhoneScreen get() = (application as XungeApplication).screen

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        setContent { Box(Modifier.safeDrawingPadding()) { Show(screen.shown) } }
    }

    override fun onStart() {
        super.onStart()
        screen.started(this)
    }

    override fun onStop() {
        screen.stopped(this)
        super.onStop()
    }

    @Deprecated("the platform's own calls: androidx's are not compiled outside Android Studio")
    override fun onActivityResult(requestCode: Int, resultCode: Int, data: Intent?) {
        super.onActivityResult(requestCode, resultCode, data)
        screen.resulted(requestCode, resultCode)
    }

    @Deprecated("the platform's own calls: androidx's are not compiled outside Android Studio")
    override fun onRequestPermissionsResult(requestCode: Int, permissions: Array<String>, grantResults: IntArray) {
        super.onRequestPermissionsResult(requestCode, permissions, grantResults)
        screen.answered(requestCode, permissions)
    }
}

@Composable
private fun Show(shown: Shown) {
    when (shown) {
        Shown.Opening -> Unit
        is Shown.Failed -> BasicText("${shown.problem.zh}\n${shown.problem.en}")
        is Shown.Ready -> {
            BackHandler(enabled = shown.field.canGoBack) { shown.field.back() }
            XungeApp(shown.field)
        }
    }
}
