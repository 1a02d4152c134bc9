package xunge.platform.network

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import android.os.Handler
import android.os.Looper
import xunge.platform.service
import xunge.ui.state.Watch

/** What a network costs. A government's closed network counts: whether the internet answers is not asked. */
enum class NetworkKind { NONE, METERED, UNMETERED }

/** The network that the phone uses by itself. */
class PhoneNetwork(context: Context) {
    private val manager = context.service<ConnectivityManager>()

    fun kind(): NetworkKind = kindOf(manager.activeNetwork?.let(manager::getNetworkCapabilities))

    /** Tells every change, and what it is at first, on the screen's thread. */
    fun watch(onChange: (NetworkKind) -> Unit): Watch {
        var told: NetworkKind? = null
        fun tell(kind: NetworkKind) {
            if (kind != told) onChange(kind)
            told = kind
        }
        val callback =
            object : ConnectivityManager.NetworkCallback() {
                override fun onCapabilitiesChanged(network: Network, capabilities: NetworkCapabilities) = tell(kindOf(capabilities))

                override fun onLost(network: Network) = tell(NetworkKind.NONE)
            }
        tell(kind())
        manager.registerDefaultNetworkCallback(callback, Handler(Looper.getMainLooper()))
        return Watch { manager.unregisterNetworkCallback(callback) }
    }

    private fun kindOf(capabilities: NetworkCapabilities?): NetworkKind =
        when {
            capabilities == null || !capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET) -> NetworkKind.NONE
            capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED) -> NetworkKind.UNMETERED
            else -> NetworkKind.METERED
        }
}

/** Starts a round whenever a network comes, or another kind of one. */
class SyncOnNetwork(private val network: PhoneNetwork) {
    fun watch(sync: () -> Unit): Watch {
        var first = true
        return network.watch { kind ->
            // What is there at first is no change: who starts the watch sends by itself.
            if (!first && kind != NetworkKind.NONE) sync()
            first = false
        }
    }
}
