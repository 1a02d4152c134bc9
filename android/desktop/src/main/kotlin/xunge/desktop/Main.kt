package xunge.desktop

import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Window
import androidx.compose.ui.window.WindowPosition
import androidx.compose.ui.window.rememberWindowState
import androidx.compose.ui.window.application
import java.nio.file.Files
import java.nio.file.Path
import kotlin.system.exitProcess
import xunge.bindings.BoundCore
import xunge.bindings.KeyFolder
import xunge.core.Problem
import xunge.link.OkHttpLink
import xunge.ui.screens.XungeApp
import xunge.ui.state.FieldState

/** The app in a window: `xunge-desktop FOLDER`, where its data is kept. */
fun main(arguments: Array<String>) {
    val folder = arguments.singleOrNull()
    if (folder == null) {
        System.err.println("usage: desktop FOLDER    the folder keeps this device's data; it is made where there is none")
        exitProcess(2)
    }
    val core =
        try {
            openCore(Path.of(folder))
        } catch (problem: Problem) {
            System.err.println("${problem.zh}\n${problem.en} (${problem.code})")
            exitProcess(1)
        }
    val link = OkHttpLink()
    val platform = DesktopPlatform(Path.of(folder), link = link)
    val field = FieldState(core, platform)
    platform.threads.onScreen { field.start() }
    application {
        Window(
            onCloseRequest = ::exitApplication,
            state = rememberWindowState(position = WindowPosition.PlatformDefault, size = DpSize(420.dp, 860.dp)),
            title = "巡格",
        ) {
            XungeApp(field)
        }
    }
    link.cancel()
    platform.threads.stop()
    core.shutDown()
}

/** The real core over the store of this folder, with the keys beside it. */
fun openCore(folder: Path): BoundCore {
    val store = Files.createDirectories(folder.resolve("store"))
    val keys = KeyFolder(folder.resolve("keys"))
    return BoundCore.open(store, keys.deviceKey(), keys.storeKey())
}
