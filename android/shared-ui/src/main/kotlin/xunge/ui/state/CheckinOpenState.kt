package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.Body
import xunge.core.Fix
import xunge.core.Initiation
import xunge.core.NewCheckin
import xunge.core.OrganisationId
import xunge.core.Subject
import xunge.core.best

/** How a check-in can come to be on site. A whistle with its calls, and one from the list of projects, are written at a desk. */
val ON_SITE_INITIATIONS = listOf(Initiation.VISIT, Initiation.JOINT, Initiation.CO_BUILDING)

/** The two sides of a check-in. */
enum class Side { VISITING, HOSTS }

/** Fixes of the place: the most exact of the last ones. */
private const val FIXES_MAX = 16

/** A check-in being opened: about a case, or about the place where one stands. */
class CheckinOpenState(field: FieldState, val about: Subject.Case? = null, title: String = "") : PageState(field) {
    var title by mutableStateOf(title)
    var address by mutableStateOf("")
    var initiation by mutableStateOf(Initiation.VISIT)
    var bodies by mutableStateOf<List<Body>>(emptyList())
        private set
    var visiting by mutableStateOf<List<OrganisationId>>(emptyList())
        private set
    var hosts by mutableStateOf<List<OrganisationId>>(emptyList())
        private set

    /** The side whose parties are being picked, and the text they are looked for by; nothing while none are. */
    var picking by mutableStateOf<Side?>(null)
        private set
    var wanted by mutableStateOf("")
    private var fixes by mutableStateOf<List<Fix>>(emptyList())
    private var watch: Watch? = null

    val position: PositionSaid get() = PositionSaid.of(fixes.best())
    val found: List<Body> get() = bodies.filter { wanted.trim() in it.name }
    val ready: Boolean
        get() = !busy && title.isNotBlank() && visiting.isNotEmpty() && hosts.isNotEmpty() && (about != null || address.isNotBlank())

    override fun load() {
        ask({ it.bodies() }) { bodies = it }
        if (about == null) watch = watch ?: field.platform.positions.watch { fixes = (fixes + it).takeLast(FIXES_MAX) }
    }

    override fun leave() {
        watch?.stop()
        watch = null
    }

    fun pickFor(side: Side?) {
        picking = side
        wanted = ""
    }

    fun parties(side: Side): List<OrganisationId> =
        when (side) {
            Side.VISITING -> visiting
            Side.HOSTS -> hosts
        }

    /** Puts a body on a side, or takes it off. */
    fun pick(side: Side, body: OrganisationId) {
        val parties = parties(side).let { if (body in it) it - body else it + body }
        when (side) {
            Side.VISITING -> visiting = parties
            Side.HOSTS -> hosts = parties
        }
    }

    fun nameOf(body: OrganisationId): String = bodies.firstOrNull { it.id == body }?.name ?: body.text

    fun open() {
        if (!ready) return
        val subject = about ?: Subject.Place(address.trim(), fixes.best()?.point)
        val checkin = NewCheckin(title.trim(), initiation, subject, visiting, hosts)
        askOnce({ it.openCheckin(checkin) }) { id ->
            leave()
            field.show(CheckinListState(field))
            field.open(CheckinPageState(field, id))
            field.syncing.start()
        }
    }
}
