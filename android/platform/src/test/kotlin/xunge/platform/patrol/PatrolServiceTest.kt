package xunge.platform.patrol

import android.app.NotificationManager
import android.content.Intent
import android.content.pm.ServiceInfo
import android.content.DialogInterface
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ServiceController
import org.robolectric.shadows.ShadowAlertDialog
import org.robolectric.shadows.ShadowLooper
import xunge.core.LinkProblem
import xunge.platform.PhoneTest
import xunge.platform.PhoneWord
import xunge.platform.permissions.Permission
import xunge.platform.permissions.PermissionAnswer
import xunge.ui.state.PatrolState

class PatrolServiceTest : PhoneTest() {
    private val service: ServiceController<PatrolService> by lazy { Robolectric.buildService(PatrolService::class.java).create() }
    private val notices by lazy { shadowOf(process.getSystemService(NotificationManager::class.java)!!) }
    private var commands = 0

    private fun order(order: PatrolOrder) = command(order.intent(process))

    private fun command(intent: Intent) {
        commands += 1
        service.withIntent(intent).startCommand(0, commands)
    }

    private fun said(): String? = notices.allNotifications.singleOrNull()?.let { shadowOf(it).contentText.toString() }

    private fun buttons(): List<String> = notices.allNotifications.single().actions.map { it.title.toString() }

    @Test
    fun `a patrol is in the foreground, of the kind location, and says so`() {
        order(PatrolOrder.BEGIN)
        assertEquals(PatrolState.RUNNING, process.patrol.state)
        assertEquals(1, process.positions.watching)
        assertEquals(PhoneWord.PATROL_RUNNING.zh, said())
        assertEquals(listOf(PhoneWord.PAUSE.zh, PhoneWord.END.zh), buttons())
        assertEquals(ServiceInfo.FOREGROUND_SERVICE_TYPE_LOCATION, service.get().foregroundServiceType)
        assertTrue(shadowOf(service.get()).isLastForegroundNotificationAttached)
        order(PatrolOrder.BEGIN)
        assertEquals("begun twice is begun once", 1, process.positions.watching)
    }

    @Test
    fun `its rounds are told what the network costs`() {
        process.metered = true
        order(PatrolOrder.BEGIN)
        process.threads.letGo()
        assertEquals(listOf(true), process.fakeCore.metered)
    }

    @Test
    fun `while it is paused no position is heard, and the notification says that too`() {
        order(PatrolOrder.BEGIN)
        order(PatrolOrder.PAUSE)
        assertEquals(0, process.positions.watching)
        assertNull("no round is started by a network either", process.onNetwork)
        assertEquals(PhoneWord.PATROL_PAUSED.zh, said())
        assertEquals(listOf(PhoneWord.RESUME.zh, PhoneWord.END.zh), buttons())
        assertFalse(shadowOf(service.get()).isForegroundStopped)
        order(PatrolOrder.RESUME)
        assertEquals(1, process.positions.watching)
        assertEquals(PhoneWord.PATROL_RUNNING.zh, said())
    }

    @Test
    fun `the buttons of the notification give these orders to this service alone`() {
        order(PatrolOrder.BEGIN)
        val orders = notices.allNotifications.single().actions.map { shadowOf(it.actionIntent).savedIntent }
        assertEquals(listOf("PAUSE", "END"), orders.map { it.action })
        assertEquals(setOf(PatrolService::class.java.name), orders.map { it.component!!.className }.toSet())
        assertTrue(notices.allNotifications.single().actions.all { it.actionIntent.isImmutable })
        command(orders.first())
        assertEquals(PatrolState.PAUSED, process.patrol.state)
    }

    @Test
    fun `its end takes notification and watch away, and so does a kill`() {
        order(PatrolOrder.BEGIN)
        order(PatrolOrder.END)
        assertEquals(0, process.positions.watching)
        assertTrue(shadowOf(service.get()).isForegroundStopped && shadowOf(service.get()).isStoppedBySelf)
        order(PatrolOrder.BEGIN)
        service.destroy()
        assertEquals(PatrolState.OFF to 0, process.patrol.state to process.positions.watching)
    }

    @Test
    fun `a patrol begins by no order but its own`() {
        for (order in listOf(PatrolOrder.PAUSE, PatrolOrder.RESUME, PatrolOrder.END)) {
            order(order)
            assertEquals(PatrolState.OFF, process.patrol.state)
        }
        command(Intent(process, PatrolService::class.java))
        assertEquals(PatrolState.OFF to 0, process.patrol.state to process.positions.watching)
        assertTrue(shadowOf(service.get()).isStoppedBySelf)
    }

    @Test
    fun `work is sent at its begin, when a network comes, and every five minutes while it runs`() {
        var rounds = 0
        process.fakeCore.round = { rounds += 1; if (rounds == 2) throw LinkProblem("no_network", "没有网络", "no network"); xunge.core.SyncOutcome.Done }
        order(PatrolOrder.BEGIN)
        process.threads.letGo()
        assertEquals(1, rounds)
        process.onNetwork!!()
        process.threads.letGo()
        assertEquals("a round that failed ends no patrol", PatrolState.RUNNING to 2, process.patrol.state to rounds)
        val (millis, again) = process.threads.putOff.removeFirst()
        assertEquals(300_000, millis)
        again()
        process.threads.letGo()
        assertEquals(3, rounds)
        order(PatrolOrder.PAUSE)
        process.threads.putOff.removeFirst().second()
        process.threads.letGo()
        assertEquals("not while it is paused", 3, rounds)
    }

    @Test
    fun `it is started only once the position is allowed, and without notifications too`() {
        screen
        val answers = mutableListOf<PermissionAnswer>()
        PatrolService.begin(process, permissions) { answers += it }
        refuse()
        assertEquals(listOf(PermissionAnswer.DENIED), answers)
        assertNull(shadowOf(process).nextStartedService)
        allow(Permission.POSITION)
        PatrolService.begin(process, permissions) { answers += it }
        assertEquals(PhoneWord.WHY_NOTIFICATION.zh, shadowOf(ShadowAlertDialog.getLatestAlertDialog()).message)
        refuse()
        assertEquals(PermissionAnswer.GRANTED, answers.last())
        assertEquals("BEGIN", shadowOf(process).nextStartedService.action)
    }

    private fun refuse() {
        ShadowAlertDialog.getLatestAlertDialog().getButton(DialogInterface.BUTTON_NEGATIVE).performClick()
        ShadowLooper.idleMainLooper()
    }
}
