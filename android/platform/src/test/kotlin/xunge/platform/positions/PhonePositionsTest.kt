package xunge.platform.positions

import android.Manifest
import android.app.AlertDialog
import android.content.DialogInterface
import android.location.Location
import android.location.LocationManager
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowAlertDialog
import org.robolectric.shadows.ShadowLooper
import xunge.core.Fix
import xunge.core.Instant
import xunge.core.Point
import xunge.core.best
import xunge.platform.FakeClock
import xunge.platform.PhoneTest
import xunge.platform.permissions.Permission
import xunge.ui.state.PositionStanding

class PhonePositionsTest : PhoneTest() {
    private val clock = FakeClock()
    private val manager by lazy { process.getSystemService(LocationManager::class.java)!! }
    private val positions by lazy { PhonePositions(process, permissions, clock) }
    private val fixes = mutableListOf<Fix>()

    @Before
    fun switchOn() {
        shadowOf(manager).setProviderEnabled(LocationManager.GPS_PROVIDER, true)
        shadowOf(manager).setProviderEnabled(LocationManager.NETWORK_PROVIDER, true)
    }

    private fun located(provider: String, metres: Float?, ageMillis: Long = 0, change: Location.() -> Unit = {}) {
        val location = Location(provider)
        location.latitude = 34.7552
        location.longitude = 113.7861
        if (metres != null) location.accuracy = metres
        location.time = 12_345
        location.elapsedRealtimeNanos = (clock.upMillis - ageMillis) * 1_000_000
        location.change()
        shadowOf(manager).simulateLocation(location)
        ShadowLooper.idleMainLooper()
    }

    @Test
    fun `a weak fix comes first and a better one after it, each as the phone says it`() {
        allow(Permission.POSITION)
        positions.watch { fixes += it }
        located(LocationManager.NETWORK_PROVIDER, 850f)
        assertEquals(850, fixes.best()!!.accuracyMetres)
        clock.goOn(4_000)
        located(LocationManager.GPS_PROVIDER, 6.2f)
        val point = Point(longitudeE7 = 1_137_861_000, latitudeE7 = 347_552_000)
        assertEquals(
            listOf(
                Fix(point, 850, "network", Instant(clock.wall - 4_000)),
                Fix(point, 7, "gps", Instant(clock.wall)),
            ),
            fixes,
        )
        assertEquals("gps", fixes.best()!!.provider)
        clock.goOn(2_000)
        located(LocationManager.GPS_PROVIDER, null)
        assertNull("no accuracy is not the best one", fixes.last().accuracyMetres)
    }

    @Test
    fun `the time is counted back on the clock that nobody sets`() {
        allow(Permission.POSITION)
        positions.watch { fixes += it }
        // The satellites' own time, and a wall clock that was set back a year between the fix and its delivery.
        clock.wall -= 365L * 24 * 3_600_000
        located(LocationManager.GPS_PROVIDER, 5f, ageMillis = 2_500)
        assertEquals(Instant(clock.wall - 2_500), fixes.single().at)
    }

    @Test
    fun `a made-up position says so, and one that is nowhere on earth is none`() {
        allow(Permission.POSITION)
        positions.watch { fixes += it }
        for (change in listOf<Location.() -> Unit>({ isMock = true }, { latitude = Double.NaN }, { longitude = 181.0 }, {})) {
            clock.goOn(2_000)
            located(LocationManager.GPS_PROVIDER, 5f, change = change)
        }
        assertEquals(listOf(true, false), fixes.map { it.mock })
    }

    @Test
    fun `a stopped watch hears nothing, and another one goes on`() {
        allow(Permission.POSITION)
        val other = mutableListOf<Fix>()
        val watch = positions.watch { fixes += it }
        positions.watch { other += it }
        located(LocationManager.GPS_PROVIDER, 5f)
        watch.stop()
        clock.goOn(2_000)
        located(LocationManager.GPS_PROVIDER, 4f)
        assertEquals(1 to 2, fixes.size to other.size)
    }

    @Test
    fun `the last known fix is handed over while it is fresh`() {
        allow(Permission.POSITION)
        positions.watch {}
        located(LocationManager.GPS_PROVIDER, 5f)
        clock.goOn(29_000)
        positions.watch { fixes += it }
        assertEquals(1, fixes.size)
        assertEquals("two watches heard of one fix", 1, positions.recent().size)
        clock.goOn(2_000)
        positions.watch { fixes += it }
        assertEquals("where somebody was half a minute ago is not where they are", 1, fixes.size)
        assertTrue(positions.recent().isEmpty())
    }

    @Test
    fun `without permission the person is asked, and after a no nothing is heard and nothing fails`() {
        screen
        assertEquals(PositionStanding.NOT_ALLOWED, positions.standing)
        assertNull(positions.watchIfAllowed { fixes += it })
        positions.watch { fixes += it }
        dialog().getButton(DialogInterface.BUTTON_NEGATIVE).performClick()
        ShadowLooper.idleMainLooper()
        located(LocationManager.GPS_PROVIDER, 5f)
        assertTrue(fixes.isEmpty())
    }

    @Test
    fun `who left the page before the answer is not watched`() {
        screen
        val watch = positions.watch { fixes += it }
        watch.stop()
        dialog().getButton(DialogInterface.BUTTON_POSITIVE).performClick()
        ShadowLooper.idleMainLooper()
        allow(Permission.POSITION)
        permissions.answered(shadowOf(screen.get()).lastRequestedPermission.requestCode, arrayOf(Manifest.permission.ACCESS_FINE_LOCATION))
        located(LocationManager.GPS_PROVIDER, 5f)
        assertTrue(fixes.isEmpty())
    }

    @Test
    fun `a position that is switched off is told, and heard as soon as it is on`() {
        allow(Permission.POSITION)
        for (provider in manager.allProviders) shadowOf(manager).setProviderEnabled(provider, false)
        assertEquals(PositionStanding.SWITCHED_OFF, positions.standing)
        positions.watch { fixes += it }
        assertTrue(fixes.isEmpty())
        shadowOf(manager).setProviderEnabled(LocationManager.GPS_PROVIDER, true)
        assertEquals(PositionStanding.AVAILABLE, positions.standing)
        located(LocationManager.GPS_PROVIDER, 5f)
        assertFalse(fixes.isEmpty())
    }

    @Test
    fun `that only an approximate position is allowed is told, because the unit grid would be a guess`() {
        shadowOf(process as android.app.Application).grantPermissions(Manifest.permission.ACCESS_COARSE_LOCATION)
        assertEquals(PositionStanding.ONLY_COARSE, positions.standing)
        allow(Permission.POSITION)
        assertEquals(PositionStanding.AVAILABLE, positions.standing)
    }

    private fun dialog(): AlertDialog = ShadowAlertDialog.getLatestAlertDialog()
}
