package xunge.platform.patrol

import android.content.DialogInterface
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowAlertDialog
import org.robolectric.shadows.ShadowLooper
import xunge.platform.PhoneTest
import xunge.platform.permissions.Permission
import xunge.ui.state.PatrolState

class PhonePatrolTest : PhoneTest() {
    private val patrol by lazy { PhonePatrol(process, permissions, process.patrol) }
    private val answers = mutableListOf<Boolean>()

    private fun ordered(): String? = shadowOf(process).nextStartedService?.action

    @Test
    fun `a screen begins it through its service, once the position is allowed`() {
        screen
        patrol.begin { answers += it }
        ShadowAlertDialog.getLatestAlertDialog().getButton(DialogInterface.BUTTON_NEGATIVE).performClick()
        ShadowLooper.idleMainLooper()
        assertEquals(listOf(false), answers)
        assertNull(ordered())
        allow(Permission.POSITION, Permission.NOTIFICATION)
        patrol.begin { answers += it }
        assertEquals("BEGIN", ordered())
        assertEquals(listOf(false, true), answers)
    }

    @Test
    fun `its state is the patrol's, and what is not begun takes no order`() {
        patrol.pause()
        patrol.end()
        assertNull("no service is started for that", ordered())
        process.patrol.begin()
        assertEquals(PatrolState.RUNNING, patrol.state)
        patrol.pause()
        assertEquals("PAUSE", ordered())
        patrol.resume()
        assertEquals("RESUME", ordered())
        patrol.end()
        assertEquals("END", ordered())
        process.patrol.end()
        assertEquals(PatrolState.OFF, patrol.state)
    }
}
