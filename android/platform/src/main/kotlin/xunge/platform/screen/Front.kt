package xunge.platform.screen

import android.app.Activity

/** The activity that is on the screen, if there is one: some things only an activity may ask the system for. */
class Front {
    var activity: Activity? = null
        private set

    fun came(activity: Activity) {
        this.activity = activity
    }

    /** Its successor may have come before it went. */
    fun left(activity: Activity) {
        if (this.activity === activity) this.activity = null
    }
}
