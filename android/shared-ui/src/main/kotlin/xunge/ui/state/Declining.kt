package xunge.ui.state

import xunge.core.DeclineCause

/** Words that the core takes with a note about duty, at most. */
const val DUTY_WORDS_MAX = 200

/** A task being declined. */
data class Declining(val cause: DeclineCause? = null, val words: String = "") {
    /** Another cause says nothing without words. */
    val ready: Boolean get() = cause != null && (cause != DeclineCause.OTHER || words.isNotBlank())
}
