package xunge.ui.state

import androidx.compose.foundation.layout.size
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.FieldCore
import xunge.core.Instant
import xunge.core.Person
import xunge.core.PersonId
import xunge.core.Role
import xunge.core.Settings

/** The app: which page is open, how it looks, and what runs beside the pages. */
class FieldState(val core: FieldCore, val platform: Platform) {
    private val pages = mutableStateListOf<PageState>()

    var settings by mutableStateOf(platform.settings.read())
        private set

    val syncing = SyncWork(this)
    val gallery = Gallery(this)
    val tilePictures = TilePictures(this)

    /** Whose device this is. */
    private var person by mutableStateOf<Person?>(null)
    val me: PersonId? get() = person?.id

    /** How far the server's clock is ahead of this device's. */
    private var aheadMillis by mutableStateOf(0L)

    /** By the server's clock, as far as it is known here: what is due is due by that, and a phone may be set wrong. */
    fun serverTime(): Instant = Instant(platform.now().millis + aheadMillis)

    private fun readServerTime() {
        platform.threads.run({ core.serverTime().millis - platform.now().millis }) { result -> result.onSuccess { aheadMillis = it } }
    }

    /** Check-ins are opened by branch secretaries. */
    val mayOpenCheckin: Boolean get() = person?.roles.orEmpty().contains(Role.BRANCH_SECRETARY)

    /** The page on top; nothing before the core said whose device this is. */
    val page: PageState? get() = pages.lastOrNull()

    /** Whether there is a page under this one. */
    val canGoBack: Boolean get() = pages.size > 1

    fun start() {
        platform.threads.run({ core.me() }) { result ->
            val found = result.getOrThrow()
            if (found == null) show(EnrolState(this)) else enrolled(found.person)
        }
    }

    /** Somebody's device from here on: home, and what waits there. */
    fun enrolled(person: Person) {
        this.person = person
        show(HomeState(this))
        syncing.start()
    }

    /** Opens a page over the others. */
    fun open(page: PageState) {
        readServerTime()
        pages.add(page)
        page.load()
    }

    fun back() {
        if (!canGoBack) return
        pages.removeAt(pages.lastIndex).leave()
        page?.load()
    }

    /** Shows one of the four first pages, with nothing under it. */
    fun show(page: PageState) {
        pages.forEach { it.leave() }
        pages.clear()
        open(page)
    }

    /** Something changed under the page that is open. */
    fun changed() {
        readServerTime()
        page?.load()
    }

    fun change(settings: Settings) {
        this.settings = settings
        platform.threads.run({ platform.settings.write(settings) }) { it.getOrThrow() }
    }

    /** The app came to the front: the moment to send. */
    fun foreground() {
        changed()
        if (page !is EnrolState) syncing.start()
    }
}
