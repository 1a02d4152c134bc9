package xunge.platform.permissions

import android.Manifest
import xunge.platform.PhoneWord

/**
 * What a person may refuse, with the reason that is shown before the system asks. The camera is not among them: photos are
 * taken by the phone's own camera app. The app works without any of them.
 */
enum class Permission(
    /** The first is what is wanted; each of them is enough to go on. */
    val names: List<String>,
    val reason: PhoneWord,
    /** The first version of Android that knows it; before that nobody has to be asked. */
    val since: Int = 0,
) {
    POSITION(listOf(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION), PhoneWord.WHY_POSITION),
    MICROPHONE(listOf(Manifest.permission.RECORD_AUDIO), PhoneWord.WHY_MICROPHONE),
    NOTIFICATION(listOf(Manifest.permission.POST_NOTIFICATIONS), PhoneWord.WHY_NOTIFICATION, since = 33),
}

enum class PermissionAnswer {
    GRANTED,

    /** Not now; it may be asked again. */
    DENIED,

    /** The system does not ask any more: only its settings can change it. */
    DENIED_FOR_GOOD,
}
