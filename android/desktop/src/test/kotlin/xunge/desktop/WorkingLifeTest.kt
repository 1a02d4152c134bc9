package xunge.desktop

import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import xunge.bindings.Hub
import xunge.bindings.network
import xunge.bindings.picture
import xunge.core.CaseState
import xunge.core.Delivery
import xunge.core.Limit
import xunge.core.LimitUnit
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.ui.state.LaneState
import xunge.ui.state.TaskListState

/** No other case of the demo city is called so. */
private const val TITLE = "转角处坑洞，雨后积水"

/** The working life of a case on the screens of those who are sent out, over the real core and a real hub; desks act by the API. */
class WorkingLifeTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `verified, surveyed, claimed, fed back and checked on site, and a second claim is declined with its reason`() {
        Hub(folder.resolve("hub"), cases = 5).use { hub ->
            val case = reported(hub, folder.resolve("worker-putian"), TITLE)
            hub.act("clerk", case, """{"action":"send_verify","to":"worker-putian-2"}""")
            on("worker-putian-2", 2) {
                enrol(hub.url, hub.codeFor("worker-putian-2"))
                task("请到现场核实")
                actOnSite("核实") { touch("属实") }
                sync()
                becomes(CaseState.REPORTED)
                waitFor { this.case?.task == null }
            }
            hub.act("clerk", case, """{"action":"accept"}""")
            hub.act("shift-leader", case, """{"action":"file","condition":"1"}""")
            hub.act("dispatcher", case, """{"action":"dispatch","lead":"road-dept","assist":[],"notify":[]}""")
            claimedWithoutSignal(hub)
            on("road-dept", 3) {
                enrol(hub.url, hub.codeFor("road-dept"))
                openCase(TITLE)
                assertTrue(this.case!!.page!!.clocks.single { it.overall }.light != null, "its limit is known without asking")
                actOnSite("联合核查") {
                    type("原因", "路基沉降，须换填")
                    touch("3 工作日")
                }
                touch("接收")
                waitFor { this.case?.page?.provisionalState == CaseState.DISPOSING }
                sync()
                becomes(CaseState.DISPOSING)
                val survey = this.case!!.page!!.surveys.single()
                assertEquals("路基沉降，须换填" to Limit(3, LimitUnit.WORK_DAY), survey.cause to survey.estimate)
                waitFor { this.case!!.nameOf(survey.organisation) == "道桥维护科" }
            }
            declined()
            on("road-dept", 4) {
                waitFor { home?.home != null }
                openCase(TITLE)
                actOnSite("反馈") { type("说明（可不填）", "已换填并恢复路面") }
                sync()
                becomes(CaseState.FED_BACK)
            }
            hub.act("clerk", case, """{"action":"send_check","to":"worker-putian-2"}""")
            on("worker-putian-2", 5) {
                waitFor { home?.home != null }
                sync()
                task("请到现场核查")
                actOnSite("核查") { touch("合格") }
                sync()
                becomes(CaseState.TO_CLOSE)
            }
            hub.act("shift-leader", case, """{"action":"close","outcome":"normal"}""")
        }
    }

    /** Somebody of the same department claims it where there is no signal: there it holds, as far as the phone can know. */
    private fun claimedWithoutSignal(hub: Hub) {
        var signal = true
        val network = network()
        val link = Link { url, pin, request -> if (signal) network.perform(url, pin, request) else LinkAnswer.Unreachable }
        on("road-dept-2", 6, link) {
            enrol(hub.url, hub.codeFor("road-dept-2"))
            signal = false
            openCase(TITLE)
            touch("接收")
            waitFor { this.case?.page?.provisionalState == CaseState.DISPOSING && !field.syncing.running }
            assertEquals(CaseState.DISPATCHED to Delivery.OnDevice, this.case!!.page!!.let { it.state to it.delivery })
        }
    }

    /** With signal again, and after a colleague's claim: nothing is lost, and the reason is read on the screen. */
    private fun declined() {
        on("road-dept-2", 6) {
            waitFor { home?.home != null }
            sync()
            waitFor { home?.home?.status?.setAside?.size == 1 }
            touch("1 项未被接受")
            waitFor { (field.page as? LaneState)?.lane?.size == 1 }
            val item = (field.page as LaneState).lane!!.single()
            assertEquals("claim" to "already_claimed", item.kind to item.reason.code)
            reads(item.reason.zh)
            touch("看案卷")
            waitFor { case?.page != null }
            assertEquals(listOf(item), case!!.page!!.setAside)
            assertTrue(case!!.page!!.timeline.any { it.id == item.id && it.ruling?.reason?.code == "already_claimed" })
        }
    }

    /** What the hub ruled is shown. */
    private fun AppDriver.becomes(state: CaseState) = waitFor { case?.page?.state == state }

    /** Opens the one task from home. */
    private fun AppDriver.task(asks: String) {
        // A fresh device hears of an offer with the round after the one that brought the case.
        repeat(2) { sync() }
        check(field.core.tasks().any { it.title == TITLE }) { field.core.tasks().toString() }
        waitFor { home?.home?.tasks == field.core.tasks() }
        touch("${field.core.tasks().count { !it.answered }} 项任务")
        waitFor { (field.page as? TaskListState)?.let { it.shown != null && it.here != null } == true }
        reads("距此 0 米")
        touch(TITLE)
        waitFor { case?.task != null }
        reads(asks)
    }

    /** The app of a person; each opening of it has a camera with a photo of its own. */
    private fun on(person: String, seed: Long, link: Link = network(), use: AppDriver.() -> Unit) {
        val photo = folder.resolve("$person-$seed.jpg")
        if (Files.notExists(photo)) Files.write(photo, picture(seed))
        runApp(dataFolder(folder.resolve(person)), photo, link, use)
    }
}
