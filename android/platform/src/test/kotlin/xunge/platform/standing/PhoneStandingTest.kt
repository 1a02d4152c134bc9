package xunge.platform.standing

import android.location.LocationManager
import android.provider.Settings
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import xunge.platform.PhoneTest
import xunge.platform.permissions.Permission
import xunge.platform.positions.PhonePositions
import xunge.ui.state.BackgroundStanding
import xunge.ui.state.PositionStanding
import xunge.ui.state.SystemPage

class PhoneStandingTest : PhoneTest() {
    private val standing by lazy { PhoneStanding(process, front, process.journal, PhonePositions(process, permissions, process.clock)) }

    @Test
    fun `what the journal and the positions say`() {
        assertEquals(BackgroundStanding.NotScheduled to PositionStanding.NOT_ALLOWED, standing.background to standing.position)
        process.journal.scheduled()
        allow(Permission.POSITION)
        shadowOf(process.getSystemService(LocationManager::class.java)!!).setProviderEnabled(LocationManager.GPS_PROVIDER, true)
        assertEquals(BackgroundStanding.NeverRan(process.clock.now()) to PositionStanding.AVAILABLE, standing.background to standing.position)
    }

    @Test
    fun `each page of the system is opened from the screen`() {
        assertFalse("there is no screen to open it from", standing.open(SystemPage.BATTERY))
        val actions =
            SystemPage.entries.associateWith { page ->
                assertTrue(shadowOf(screen.get()).nextStartedActivity == null && standing.open(page))
                shadowOf(screen.get()).nextStartedActivity.also { if (page == SystemPage.PERMISSIONS) assertEquals("package:${process.packageName}", it.dataString) }.action
            }
        val wanted =
            mapOf(
                SystemPage.PERMISSIONS to Settings.ACTION_APPLICATION_DETAILS_SETTINGS,
                SystemPage.POSITIONING to Settings.ACTION_LOCATION_SOURCE_SETTINGS,
                SystemPage.BATTERY to Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS,
            )
        assertEquals(wanted, actions)
    }

    @Test
    fun `a page that the maker left out is said`() {
        screen
        shadowOf(process).checkActivities(true)
        assertFalse(standing.open(SystemPage.BATTERY))
    }
}
