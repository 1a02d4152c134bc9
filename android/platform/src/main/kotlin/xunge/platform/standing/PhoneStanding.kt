package xunge.platform.standing

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.provider.Settings
import xunge.platform.background.SyncJournal
import xunge.platform.positions.PhonePositions
import xunge.platform.screen.Front
import xunge.ui.state.BackgroundStanding
import xunge.ui.state.DeviceStanding
import xunge.ui.state.PositionStanding
import xunge.ui.state.SystemPage

/** What hinders this phone, and the pages of its settings where that is mended. */
class PhoneStanding(
    private val context: Context,
    private val front: Front,
    private val journal: SyncJournal,
    private val positions: PhonePositions,
) : DeviceStanding {
    override val background: BackgroundStanding get() = journal.standing
    override val position: PositionStanding get() = positions.standing

    override fun open(page: SystemPage): Boolean {
        val activity = front.activity ?: return false
        return try {
            activity.startActivity(intentOf(page))
            true
        } catch (_: ActivityNotFoundException) {
            // Makers leave pages out, and whether they did cannot be asked of Android 11 and newer.
            false
        }
    }

    private fun intentOf(page: SystemPage): Intent =
        when (page) {
            SystemPage.PERMISSIONS -> Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", context.packageName, null))
            SystemPage.POSITIONING -> Intent(Settings.ACTION_LOCATION_SOURCE_SETTINGS)
            // The list of all apps: asking to be taken off it at once would need a permission of its own.
            SystemPage.BATTERY -> Intent(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS)
        }
}
