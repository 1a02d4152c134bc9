package xunge.platform.permissions

import android.Manifest
import android.app.AlertDialog
import android.content.DialogInterface
import android.os.Build
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowAlertDialog
import org.robolectric.shadows.ShadowLooper
import org.robolectric.util.ReflectionHelpers
import xunge.platform.PhoneTest
import xunge.platform.PhoneWord

class PermissionsTest : PhoneTest() {
    private val answers = mutableListOf<PermissionAnswer>()

    private fun ask(permission: Permission = Permission.POSITION, insisting: Boolean = false) =
        permissions.ask(permission, insisting) { answers += it }

    private fun dialog(): AlertDialog? = ShadowAlertDialog.getLatestAlertDialog()?.takeIf { it.isShowing }

    private fun touch(button: Int) {
        dialog()!!.getButton(button).performClick()
        ShadowLooper.idleMainLooper()
    }

    /** What the system asks after ours, answered by the person. */
    private fun systemAsks(granted: Boolean, askAgain: Boolean = true): List<String> {
        val asked = shadowOf(screen.get()).lastRequestedPermission
        val names = asked.requestedPermissions
        if (granted) shadowOf(process).grantPermissions(*names)
        names.forEach { shadowOf(process.packageManager).setShouldShowRequestPermissionRationale(it, askAgain && !granted) }
        permissions.answered(asked.requestCode, names)
        return names.toList()
    }

    @Test
    fun `the reason is shown first, then the system asks for the exact and the approximate position`() {
        screen
        ask()
        assertEquals(PhoneWord.WHY_POSITION.zh, shadowOf(dialog()).message)
        assertNull("not before the reason is read", shadowOf(screen.get()).lastRequestedPermission)
        touch(DialogInterface.BUTTON_POSITIVE)
        val names = systemAsks(granted = true)
        assertEquals(listOf(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION), names)
        assertEquals(listOf(PermissionAnswer.GRANTED), answers)
        ask()
        assertEquals("what is allowed is not asked", listOf(PermissionAnswer.GRANTED, PermissionAnswer.GRANTED), answers)
        assertNull(dialog())
    }

    @Test
    fun `an approximate position is enough`() {
        shadowOf(process).grantPermissions(Manifest.permission.ACCESS_COARSE_LOCATION)
        assertTrue(permissions.allows(Permission.POSITION))
        assertFalse(permissions.allows(Permission.MICROPHONE))
    }

    @Test
    fun `who says no is not asked again, unless they touch it themselves`() {
        screen
        ask()
        touch(DialogInterface.BUTTON_NEGATIVE)
        assertEquals(listOf(PermissionAnswer.DENIED), answers)
        ask()
        assertNull(dialog())
        ask(insisting = true)
        assertTrue(dialog() != null)
        touch(DialogInterface.BUTTON_POSITIVE)
        systemAsks(granted = false)
        assertEquals(List(3) { PermissionAnswer.DENIED }, answers)
    }

    @Test
    fun `once the system has stopped asking, its settings are offered`() {
        screen
        ask()
        touch(DialogInterface.BUTTON_POSITIVE)
        systemAsks(granted = false, askAgain = false)
        assertEquals(listOf(PermissionAnswer.DENIED_FOR_GOOD), answers)
        ask(insisting = true)
        assertTrue(PhoneWord.REFUSED_FOR_GOOD.zh in shadowOf(dialog()).message.toString())
        touch(DialogInterface.BUTTON_POSITIVE)
        val opened = shadowOf(screen.get()).nextStartedActivity
        assertEquals("package:${process.packageName}", opened.dataString)
        assertEquals(PermissionAnswer.DENIED_FOR_GOOD, answers.last())
    }

    @Test
    fun `one question at a time, and each is answered`() {
        screen
        ask(Permission.POSITION)
        ask(Permission.MICROPHONE)
        ask(Permission.MICROPHONE)
        assertEquals(PhoneWord.WHY_POSITION.zh, shadowOf(dialog()).message)
        touch(DialogInterface.BUTTON_NEGATIVE)
        assertEquals(PhoneWord.WHY_MICROPHONE.zh, shadowOf(dialog()).message)
        touch(DialogInterface.BUTTON_POSITIVE)
        systemAsks(granted = true)
        assertEquals(listOf(PermissionAnswer.DENIED, PermissionAnswer.GRANTED, PermissionAnswer.GRANTED), answers)
    }

    @Test
    fun `two who need the same ask once`() {
        screen
        ask()
        ask()
        touch(DialogInterface.BUTTON_NEGATIVE)
        assertEquals(List(2) { PermissionAnswer.DENIED }, answers)
        assertNull(dialog())
    }

    @Test
    fun `without a screen nobody is asked, and a screen that goes is no refusal`() {
        ask()
        assertEquals(listOf(PermissionAnswer.DENIED), answers)
        screen
        ask()
        assertTrue("nobody had said no", dialog() != null)
        permissions.screenLeft()
        assertNull(dialog())
        ask()
        assertTrue(dialog() != null)
        // The system breaks its own question off with no names.
        touch(DialogInterface.BUTTON_POSITIVE)
        permissions.answered(shadowOf(screen.get()).lastRequestedPermission.requestCode, emptyArray())
        assertEquals(3, answers.size)
    }

    @Test
    fun `notifications are asked for where the system knows that, and allowed where it does not`() {
        assertFalse(permissions.allows(Permission.NOTIFICATION))
        ReflectionHelpers.setStaticField(Build.VERSION::class.java, "SDK_INT", 32)
        assertTrue(permissions.allows(Permission.NOTIFICATION))
        assertFalse(permissions.allows(Permission.POSITION))
    }
}
