@file:OptIn(ExperimentalTestApi::class)

package xunge.ui

import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertCountEquals
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.click
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.runDesktopComposeUiTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import xunge.core.DocumentId
import xunge.core.Language
import xunge.core.PhotoPurpose
import xunge.core.Settings
import xunge.core.TextSize
import xunge.ui.screens.XungeApp
import xunge.ui.state.CasePageState
import xunge.ui.state.FieldState
import xunge.ui.state.HomeState
import xunge.ui.state.LaneState
import xunge.ui.state.MapState
import xunge.ui.state.PageState
import xunge.ui.state.ReportState
import xunge.ui.state.SyncState
import xunge.ui.theme.TOUCH_MIN

private const val WIDTH = 360
private const val HEIGHT = 780

/** The screens, driven by touch over a fake core. The same over the real one is in `desktop`. */
class ScreensTest {
    private val core = FakeCore()
    private val platform = FakePlatform()
    private val field = FieldState(core, platform)

    private fun shown(test: ComposeUiTest.() -> Unit) =
        runDesktopComposeUiTest(WIDTH, HEIGHT) {
            setContent { XungeApp(field) }
            test()
        }

    @Test
    fun `a report takes two acts after the photo`() = shown {
        field.start()
        val acts = Acts(this)
        acts.touch("拍照上报")
        assertEquals(1, platform.photosTaken)
        assertTrue(field.page is ReportState)
        val before = acts.made
        acts.touch("路面破损")
        acts.touch("上报")
        assertEquals(2, acts.made - before)
        onNodeWithText("已上报，存在手机里").assertIsDisplayed()
        assertEquals("路面破损", core.rows.first().title)
        assertEquals(0, core.drafts.size)
    }

    @Test
    fun `what may be the same matter is shown before it is reported, and no answer costs more than three acts`() {
        core.around = { draft -> Samples.around.copy(duplicates = if (draft.classCode == "20115") Samples.duplicates else emptyList()) }
        shown {
            field.start()
            val acts = Acts(this)
            acts.touch("拍照上报")
            onAllNodesWithText("附近可能已有同一件").assertCountEquals(0)
            var before = acts.made
            acts.touch("路面破损")
            onNodeWithText("附近可能已有同一件").assertIsDisplayed()
            onNodeWithText("同一类别，相距 6 米，5 小时前上报").assertIsDisplayed()
            acts.touch("仍然上报")
            assertEquals(2, acts.made - before, "reported anyway")
            assertNull(core.reported.last().possibleDuplicateOf)

            field.back()
            acts.touch("拍照上报")
            before = acts.made
            acts.touch("路面破损")
            acts.touch("是同一件")
            onNodeWithText("已注明：可能与“路面破损，转角处坑洞”是同一件").assertIsDisplayed()
            acts.touch("上报并注明")
            assertEquals(3, acts.made - before, "linked")
            assertEquals(DocumentId("case 1"), core.reported.last().possibleDuplicateOf)
        }
    }

    @Test
    fun `what was settled on the spot is submitted in one visit, with both photos`() = shown {
        field.start()
        val acts = Acts(this)
        acts.touch("拍照上报")
        acts.touch("暴露垃圾")
        acts.touch("已当场处置")
        acts.touch("拍现场照片 · 处置后")
        assertEquals(listOf(PhotoPurpose.FOUND, PhotoPurpose.AFTER), platform.purposes)
        acts.touch("提交自行处置")
        assertEquals(1, core.settled.size)
        assertEquals(5, acts.made, "the shutter twice, the class, settled, submitted")
    }

    @Test
    fun `a case is picked on the map by touching its mark, and opened`() = shown {
        field.start()
        field.open(MapState(field))
        // The only one, in the middle of what is drawn.
        val row = core.rows[1].copy(point = Samples.here)
        core.beat = Samples.beat.copy(cases = listOf(row))
        field.changed()
        waitForIdle()
        onNode(hasContentDescription("地图：3 个单元网格，1 件案卷，40 个部件")).performTouchInput { click(center) }
        waitForIdle()
        Acts(this).touch("污水井盖松动有异响")
        assertTrue(field.page is CasePageState)
    }

    @Test
    fun `where the position is weak, the map is drawn under the cross and the place is told with one touch more`() = shown {
        field.start()
        val acts = Acts(this)
        acts.touch("拍照上报")
        platform.fix(60)
        waitForIdle()
        acts.touch("在地图上选位置")
        // The finger drags the map a quarter of its width to the left: what is under the cross comes from the east.
        onNode(hasContentDescription("地图：3 个单元网格，6 件案卷，40 个部件")).performTouchInput {
            down(center)
            repeat(10) { moveBy(androidx.compose.ui.geometry.Offset(-width / 40f, 0f)) }
            up()
        }
        waitForIdle()
        acts.touch("就在这里")
        onNodeWithText("位置由你在地图上选定").assertIsDisplayed()
        val (east, north) = core.drafts.single().point!!.metresFrom(Samples.here)
        assertTrue(east in 30.0..50.0, "dragged $east metres of 200 across")
        assertEquals(0.0, north, 1.0)
        acts.touch("改用定位")
        assertNull(core.drafts.single().point)
    }

    @Test
    fun `whose map it is can be read wherever it is drawn, and nowhere else`() = shown {
        field.start()
        field.open(MapState(field))
        waitForIdle()
        val attribution = SampleTiles.whole.attribution
        onAllNodesWithText(attribution).assertCountEquals(0)
        core.baseMap = SampleTiles.whole.copy(bytesHere = 3_100_000)
        field.changed()
        waitForIdle()
        onNodeWithText(attribution).assertIsDisplayed()
        onNodeWithText("底图 3.1/8.4 MB，送达时继续下载").assertIsDisplayed()
        assertTrue(core.tilesRead.isNotEmpty())
        // Nothing of it lies where one looks: it is not drawn, and nobody's.
        core.baseMap = SampleTiles.whole.copy(title = "第二版")
        core.tile = { null }
        field.changed()
        waitForIdle()
        onAllNodesWithText(attribution).assertCountEquals(0)
    }

    @Test
    fun `what waits for a link that costs nothing is said, and sent at a touch`() = shown {
        platform.metered = true
        core.heldBack = 5
        field.start()
        onNodeWithText("已存在手机里，等待无线网络").assertIsDisplayed()
        field.open(SyncState(field))
        waitForIdle()
        onNodeWithText("5 个照片文件等待无线网络").assertIsDisplayed()
        onNodeWithText("文字和小图都送到了").assertIsDisplayed()
        Acts(this).touch("现在全部发送")
        assertEquals(listOf(true, false), core.metered)
        onNodeWithText("都送到了").assertIsDisplayed()
        onAllNodesWithText("现在全部发送").assertCountEquals(0)
    }

    @Test
    fun `a class that is not likely is found by typing`() = shown {
        field.start()
        val acts = Acts(this)
        acts.touch("拍照上报")
        acts.touch("全部类别")
        onNode(hasSetTextAction() and hasContentDescription("找类别，如：井盖")).performTextInput("消火栓")
        acts.touch("消火栓", among = hasText("公用设施"))
        assertEquals("消火栓", (field.page as ReportState).picked?.zh)
    }

    @Test
    fun `a device is enrolled by typing two things`() = shown {
        core.enrolled = false
        field.start()
        onNode(hasSetTextAction() and hasContentDescription("服务器地址")).performTextInput("https://xunge.example")
        onNode(hasSetTextAction() and hasContentDescription("登记码")).performTextInput("right-code")
        Acts(this).touch("登记")
        assertTrue(field.page is HomeState)
    }

    @Test
    fun `what is not safe is said on home, and opens what can be done`() = shown {
        field.platform.let { (it as FakePlatform).heldBack = ArrayDeque() }
        field.start()
        onNodeWithText("8 项未送达，其中照片文件 5 个").assertIsDisplayed()
        val acts = Acts(this)
        acts.touch("2 项未被接受")
        assertTrue(field.page is LaneState)
        onNodeWithText("此案卷已由市政养护二队接收；如需协办请联系派遣员。").assertIsDisplayed()
    }

    @Test
    fun `the language is changed by touch, and every page follows`() = shown {
        field.start()
        val acts = Acts(this)
        acts.touch("我的")
        acts.touch("设置")
        acts.touch("English")
        onNodeWithText("Text size").assertIsDisplayed()
        onNode(hasContentDescription("Back")).performClick()
        onNodeWithText("Grid worker").assertIsDisplayed()
    }

    @Test
    fun `everything that is touched is large enough and says what it does, in every size of text`() {
        for (size in TextSize.entries) for (name in PAGES.keys) {
            val settings = Settings(language = Language.CHINESE, textSize = size)
            val field = FieldState(FakeCore(), FakePlatform(settings))
            opened(name, field)
            runDesktopComposeUiTest(WIDTH, HEIGHT) {
                setContent { XungeApp(field) }
                val touched = onAllNodes(hasClickAction() or hasSetTextAction()).fetchSemanticsNodes()
                assertTrue(touched.isNotEmpty(), name)
                for (node in touched) {
                    val says = says(node)
                    assertTrue(says.isNotBlank(), "$name: something to touch says nothing")
                    val (width, height) = node.size.width to node.size.height
                    assertTrue(minOf(width, height) >= TOUCH_MIN.value, "$name, $size: '$says' is $width x $height")
                }
            }
        }
    }

    @Test
    fun `every page has its picture`() {
        val drawn = PAGES.keys.map { opened(it, FieldState(FakeCore(), FakePlatform()))::class.java }.toSet()
        assertEquals(PageState::class.java.permittedSubclasses.toSet(), drawn)
    }

    private fun says(node: SemanticsNode): String {
        val own = node.config
        val said = own.getOrNull(SemanticsProperties.ContentDescription).orEmpty()
        val text = own.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
        return (said + text + node.children.map(::says)).joinToString(" ")
    }
}

/** Touches by what is read, and counts them. */
class Acts(private val test: ComposeUiTest) {
    var made = 0
        private set

    fun touch(text: String, among: androidx.compose.ui.test.SemanticsMatcher? = null) {
        made += 1
        val matcher = hasText(text) and hasClickAction()
        test.onNode(if (among == null) matcher else matcher and among).performClick()
        test.waitForIdle()
    }
}
