@file:OptIn(ExperimentalTestApi::class)

package xunge.ui

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertCountEquals
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.runDesktopComposeUiTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import xunge.core.DeclineCause
import xunge.core.DocumentId
import xunge.ui.screens.XungeApp
import xunge.ui.state.BackgroundStanding
import xunge.ui.state.CasePageState
import xunge.ui.state.FieldState
import xunge.ui.state.PatrolState
import xunge.ui.state.SettingsState
import xunge.ui.state.SyncState
import xunge.ui.state.SystemPage

private const val WIDTH = 360
private const val HEIGHT = 780

/** Duty, patrol, voice and the standing of the device, driven by touch over a fake core and a fake phone. */
class DeviceScreensTest {
    private val core = FakeCore()
    private val platform = FakePlatform()
    private val field = FieldState(core, platform)

    private fun shown(test: ComposeUiTest.() -> Unit) =
        runDesktopComposeUiTest(WIDTH, HEIGHT) {
            setContent { XungeApp(field) }
            field.start()
            test()
        }

    private fun ComposeUiTest.scrollTo(text: String) {
        onNode(hasScrollToNodeAction()).performScrollToNode(hasText(text))
        waitForIdle()
    }

    @Test
    fun `a task is declined in three acts, and says what became of that`() = shown {
        field.open(CasePageState(field, DocumentId("case 2")))
        val acts = Acts(this)
        acts.touch("不能去")
        onNodeWithText("不能去 · 提交").assertIsNotEnabled()
        acts.touch("距离太远")
        acts.touch("不能去 · 提交")
        assertEquals(3, acts.made)
        onNodeWithText("已说不能去").assertIsDisplayed()
        onNode(hasText("距离太远", substring = true)).assertIsDisplayed()
        onNode(hasText("在本机，待送达", substring = true)).assertIsDisplayed()
        assertEquals(DeclineCause.TOO_FAR, core.tasks.first { it.case.text == "case 2" }.declined?.cause)
        onAllNodesWithText("不能去").assertCountEquals(0)
    }

    @Test
    fun `leave is said from the page about oneself, and taken back there`() = shown {
        core.leaves.clear()
        val acts = Acts(this)
        acts.touch("我的")
        acts.touch("请假")
        onNodeWithText("没有请假").assertIsDisplayed()
        acts.touch("请假")
        onNode(hasContentDescription("推后一天：最后一天")).performClick()
        onNode(hasSetTextAction() and hasContentDescription("事由（可不填）")).performTextInput("年假")
        acts.touch("提交请假")
        onNodeWithText("07-03 10:24 至 07-05 00:00").assertIsDisplayed()
        onNodeWithText("在本机，待送达").assertIsDisplayed()
        acts.touch("销假")
        onNodeWithText("已销假，待送达").assertIsDisplayed()
    }

    @Test
    fun `a patrol is begun, paused and ended on home, and says that it runs`() = shown {
        val acts = Acts(this)
        acts.touch("开始巡查")
        onNodeWithText("正在巡查").assertIsDisplayed()
        acts.touch("暂停")
        onNodeWithText("巡查已暂停").assertIsDisplayed()
        acts.touch("继续巡查")
        acts.touch("结束巡查")
        assertEquals(PatrolState.OFF, platform.patrolling!!.state)
        platform.patrolling!!.allowed = false
        acts.touch("开始巡查")
        onNodeWithText("没有位置许可，巡查没有开始").assertIsDisplayed()
    }

    @Test
    fun `where there is no phone none of it is offered`() {
        platform.patrolling = null
        platform.voice = null
        platform.standing = null
        core.voices.clear()
        shown {
            onAllNodesWithText("开始巡查").assertCountEquals(0)
            field.open(SyncState(field))
            waitForIdle()
            onAllNodesWithText("这台手机").assertCountEquals(0)
            field.open(CasePageState(field, DocumentId("case 1")))
            waitForIdle()
            scrollTo("材料下午到，先围挡。")
            onAllNodesWithText("录一段语音").assertCountEquals(0)
        }
    }

    @Test
    fun `a recording is clearly shown while it runs, and only its end can be touched`() = shown {
        field.open(CasePageState(field, DocumentId("case 1")))
        waitForIdle()
        scrollTo("录一段语音")
        val acts = Acts(this)
        acts.touch("录一段语音")
        onNodeWithText("正在录音 0:00").assertIsDisplayed()
        onAllNodesWithText("加照片").assertCountEquals(0)
        acts.touch("停止录音")
        acts.touch("听一听")
        acts.touch("停止播放")
        acts.touch("保存语音")
        assertEquals(1, core.spoken.size)
        onNodeWithText("加照片").assertIsDisplayed()
    }

    @Test
    fun `what hinders the phone is said with the next step, and its button opens the page of the system`() = shown {
        platform.standing!!.background = BackgroundStanding.NotScheduled
        field.open(SyncState(field))
        waitForIdle()
        scrollTo("打开电池设置")
        platform.standing!!.missing += SystemPage.BATTERY
        Acts(this).touch("打开电池设置")
        assertEquals(listOf(SystemPage.BATTERY), platform.standing!!.opened)
        scrollTo("这台手机没有这一页，请在系统设置里找")
    }

    @Test
    fun `room is made in the settings, and what was freed is said`() = shown {
        field.open(SettingsState(field))
        waitForIdle()
        scrollTo("腾出空间")
        Acts(this).touch("腾出空间")
        scrollTo("腾出 829.7 MB（原图 290 个），没送达的一张没动")
        onNodeWithText("腾出空间").performScrollTo()
        Acts(this).touch("腾出空间")
        scrollTo("现在没有可以腾出的：其余的还没送达，或还没备份")
    }
}
