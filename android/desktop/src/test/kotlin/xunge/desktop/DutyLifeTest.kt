package xunge.desktop

import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import xunge.bindings.Hub
import xunge.bindings.network
import xunge.bindings.picture
import xunge.core.DutyDelivery
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.ui.state.LeaveState
import xunge.ui.state.TaskListState

/** No other case of the demo city is called so. */
private const val TITLE = "井盖旁路面下沉"
private const val PERSON = "worker-putian-2"

/** What a worker says of their own duty, on the screens, over the real core and a real hub: the hub knows it, and says what it does with it. */
class DutyLifeTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `an offer is declined without signal, and the hub takes it back, and a leave is said and taken back`() {
        Hub(folder.resolve("hub"), cases = 5).use { hub ->
            val case = reported(hub, folder.resolve("worker-putian"), TITLE)
            hub.act("clerk", case, """{"action":"send_verify","to":"$PERSON"}""")
            val photo = Files.write(folder.resolve("photo.jpg"), picture(8))
            var signal = true
            val network = network()
            val link = Link { url, pin, request -> if (signal) network.perform(url, pin, request) else LinkAnswer.Unreachable }
            runApp(dataFolder(folder.resolve(PERSON)), photo, link) {
                enrol(hub.url, hub.codeFor(PERSON))
                // A fresh device hears of an offer with the round after the one that brought the case.
                repeat(2) { sync() }
                signal = false
                declined(hub, case)
                signal = true
                sync()
                waitFor { this.case?.task == null }
                val offer = hub.seenBy("clerk", "/api/cases/$case/tasks")
                // What a clerk gave by name comes back to the clerk, with the reason.
                assertTrue("declined\":{" in offer && "too_far" in offer && "在城东开会" in offer, offer)
                leave(hub)
            }
        }
    }

    /** Three touches and a few words; until the hub has it the phone says that it waits. */
    private fun AppDriver.declined(hub: Hub, case: String) {
        waitFor { home?.home?.tasks == field.core.tasks() }
        touch("${field.core.tasks().count { it.waits }} 项任务")
        waitFor { (field.page as? TaskListState)?.shown != null }
        touch(TITLE)
        waitFor { this.case?.task != null }
        touch("不能去")
        touch("距离太远")
        type("说明（选“其他原因”须填）", "在城东开会")
        touch("不能去 · 提交")
        waitFor { this.case?.task?.declined?.delivery == DutyDelivery.ON_DEVICE && !field.syncing.running }
        val offer = hub.seenBy("clerk", "/api/cases/$case/tasks")
        assertFalse("declined\":{" in offer, "the hub cannot know yet: $offer")
    }

    private fun AppDriver.leave(hub: Hub) {
        // Back to a page that shows the four first ones.
        waitFor { !field.syncing.running }
        while (field.canGoBack) field.back()
        waitFor { home?.home != null }
        touch("我的")
        touch("请假")
        val page = { field.page as? LeaveState }
        waitFor { page()?.leaves?.isEmpty() == true }
        touch("请假")
        type("事由（可不填）", "复诊")
        touch("提交请假")
        waitFor { page()?.leaves?.size == 1 && !field.syncing.running }
        waitFor { page()?.leaves?.single()?.delivery == DutyDelivery.RECEIVED }
        val known = hub.seenBy("clerk", "/api/leaves")
        assertTrue(PERSON in known && page()!!.leaves!!.single().id.text in known, known)
        reads("已送达")
        touch("销假")
        waitFor { !field.syncing.running && hub.seenBy("clerk", "/api/leaves") == "[]" }
        assertEquals(0L, field.core.syncStatus().textsUnsent)
    }
}
