package xunge.platform.core

import xunge.core.FieldCore
import xunge.core.Language
import xunge.core.Link
import xunge.platform.background.SyncJournal
import xunge.platform.patrol.Patrol
import xunge.platform.time.PhoneClock
import xunge.ui.state.Threads

/** The application, as the parts that the system itself makes (job, service) find it: the process may have been started for one of them, with no screen at all. */
interface FieldApplication {
    val process: FieldProcess
}

/** What those parts need. */
interface FieldProcess {
    val core: FieldCore
    val link: Link
    val threads: Threads
    val clock: PhoneClock
    val journal: SyncJournal
    val patrol: Patrol

    /** Whether the network costs by what passes. */
    fun isMetered(): Boolean

    /** The language that is set in the app. */
    val language: Language
}
