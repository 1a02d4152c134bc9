@file:OptIn(ExperimentalTestApi::class)

package xunge.desktop

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.runDesktopComposeUiTest
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import xunge.core.CaseState
import xunge.core.Delivery
import xunge.core.Link
import xunge.core.SyncOutcome
import xunge.ui.screens.XungeApp
import xunge.ui.state.CaseListState
import xunge.ui.state.CasePageState
import xunge.ui.state.EnrolState
import xunge.ui.state.FieldState
import xunge.ui.state.HomeState
import xunge.ui.state.ReportState

private const val WAIT_MILLIS_MAX = 120_000L

/** A worker at the app: touches what is read on the screen, and waits for what has to come. */
class AppDriver(private val test: ComposeUiTest, private val screenWork: ConcurrentLinkedQueue<() -> Unit>, val field: FieldState) {
    val home: HomeState? get() = this.field.page as? HomeState
    val case: CasePageState? get() = this.field.page as? CasePageState

    /** Waits for a condition, doing the screen's work meanwhile. */
    fun waitFor(what: () -> Boolean) {
        test.waitUntil(timeoutMillis = WAIT_MILLIS_MAX) {
            while (true) (screenWork.poll() ?: break)()
            what()
        }
        test.waitForIdle()
    }

    fun touch(text: String) {
        test.waitForIdle()
        val node = test.onNode(hasText(text) and hasClickAction())
        // What stands where nothing scrolls is in view already.
        runCatching { node.performScrollTo() }
        node.performClick()
    }

    fun type(name: String, text: String) {
        test.onNode(hasSetTextAction() and hasContentDescription(name)).performTextInput(text)
    }

    fun reads(text: String) {
        test.onNodeWithText(text).assertIsDisplayed()
    }

    fun enrol(server: String, code: String) {
        waitFor { field.page is EnrolState }
        type("服务器地址", server)
        type("登记码", code)
        touch("登记")
        waitFor { home?.home != null && !field.syncing.running }
    }

    /** A round of sync that has to come through; what is shown afterwards is what came of it. */
    fun sync() {
        waitFor { !field.syncing.running }
        field.syncing.start()
        waitFor { !field.syncing.running }
        check(field.syncing.outcome == SyncOutcome.Done) { field.syncing.outcome.toString() }
    }

    /** Opens a case from the list. */
    fun openCase(title: String) {
        touch("案卷")
        waitFor { (field.page as? CaseListState)?.rows?.isNotEmpty() == true }
        touch(title)
        waitFor { case?.page != null }
    }

    /** An act on site from its button to its submission, which the core has to take. */
    fun actOnSite(verb: String, fill: () -> Unit) {
        touch(verb)
        waitFor { case?.acting != null }
        fill()
        touch("拍现场照片")
        waitFor { case?.acting?.photo != null }
        touch("$verb · 提交")
        waitFor { case?.acting == null }
        check(case?.problem == null) { case?.problem.toString() }
    }

    /** From the open home screen to a case that is durable; answers its id and how many acts came after the photo. */
    fun report(): Pair<String, Int> {
        touch("拍照上报")
        val report = { field.page as? ReportState }
        waitFor { report()?.let { it.likely.isNotEmpty() && it.around?.point != null } == true }
        var acts = 0
        touch(report()!!.likely.first().each.zh)
        acts += 1
        waitFor { report()?.ready == true }
        touch(if (report()!!.duplicates.isEmpty()) "上报" else "仍然上报")
        acts += 1
        waitFor { case?.page != null }
        reads("已上报，存在手机里")
        val page = checkNotNull(case?.page)
        check(page.state == CaseState.DRAFT && page.provisionalState == CaseState.REPORTED) { page.state }
        check(page.delivery == Delivery.OnDevice) { page.delivery }
        return page.id.text to acts
    }
}

/** Runs the app over a data folder, as it ships but without its window. */
fun runApp(data: Path, photo: Path, link: Link, use: AppDriver.() -> Unit) {
    val screenWork = ConcurrentLinkedQueue<() -> Unit>()
    val threads = DesktopThreads(onScreen = screenWork::add)
    val position = { PositionFile.read(data.resolve("position.txt")) }
    val core = openCore(data)
    val platform = DesktopPlatform(data, threads, camera = PhotoFromFile(position, threads) { photo }, link = link)
    val field = FieldState(core, platform)
    runDesktopComposeUiTest(360, 780) {
        setContent { XungeApp(field) }
        field.start()
        AppDriver(this, screenWork, field).use()
    }
    threads.stop()
    core.shutDown()
}

/** The folder of a desktop that stands in the beat of the demo city. */
fun dataFolder(folder: Path): Path {
    val data = Files.createDirectories(folder.resolve("data"))
    Files.writeString(data.resolve("position.txt"), "34.7552 113.7861 8")
    return data
}
