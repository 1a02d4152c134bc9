package xunge.platform.network

import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import org.junit.Assert.assertEquals
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowNetworkCapabilities
import xunge.platform.PhoneTest

class PhoneNetworkTest : PhoneTest() {
    private val manager by lazy { process.getSystemService(ConnectivityManager::class.java)!! }
    private val network by lazy { PhoneNetwork(process) }

    private fun capabilities(vararg of: Int): NetworkCapabilities =
        ShadowNetworkCapabilities.newInstance().also { made -> of.forEach { shadowOf(made).addCapability(it) } }

    private val metered get() = capabilities(NetworkCapabilities.NET_CAPABILITY_INTERNET)
    private val free get() = capabilities(NetworkCapabilities.NET_CAPABILITY_INTERNET, NetworkCapabilities.NET_CAPABILITY_NOT_METERED)

    private fun active(): Network = manager.activeNetwork!!

    private fun becomes(capabilities: NetworkCapabilities?) {
        for (callback in shadowOf(manager).networkCallbacks) {
            if (capabilities == null) callback.onLost(active()) else callback.onCapabilitiesChanged(active(), capabilities)
        }
    }

    @Test
    fun `a network that costs is told from one that does not, and from none`() {
        shadowOf(manager).setNetworkCapabilities(active(), metered)
        assertEquals(NetworkKind.METERED, network.kind())
        shadowOf(manager).setNetworkCapabilities(active(), free)
        assertEquals(NetworkKind.UNMETERED, network.kind())
        shadowOf(manager).setNetworkCapabilities(active(), capabilities())
        assertEquals(NetworkKind.NONE, network.kind())
        shadowOf(manager).setActiveNetworkInfo(null)
        assertEquals(NetworkKind.NONE, network.kind())
    }

    @Test
    fun `each change is told once, until the watch ends`() {
        shadowOf(manager).setNetworkCapabilities(active(), metered)
        val told = mutableListOf<NetworkKind>()
        val watch = network.watch { told += it }
        becomes(metered)
        becomes(free)
        becomes(free)
        becomes(null)
        assertEquals(listOf(NetworkKind.METERED, NetworkKind.UNMETERED, NetworkKind.NONE), told)
        watch.stop()
        assertEquals(0, shadowOf(manager).networkCallbacks.size)
    }

    @Test
    fun `a round is started when a network comes, not when it goes or was there already`() {
        shadowOf(manager).setNetworkCapabilities(active(), metered)
        var rounds = 0
        SyncOnNetwork(network).watch { rounds += 1 }
        becomes(metered)
        becomes(null)
        assertEquals(0, rounds)
        becomes(metered)
        assertEquals(1, rounds)
        becomes(free)
        assertEquals(2, rounds)
    }
}
