package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.Body
import xunge.core.Call
import xunge.core.Fix
import xunge.core.Initiation
import xunge.core.Instant
import xunge.core.NewCheckin
import xunge.core.OrganisationId
import xunge.core.Subject
import xunge.core.best

/** How a check-in can come to be on site. One from the list of projects is written at a desk: a phone knows no projects. */
val ON_SITE_INITIATIONS = listOf(Initiation.VISIT, Initiation.JOINT, Initiation.WHISTLE, Initiation.CO_BUILDING)

private const val HOUR_MILLIS = 3_600_000L

/** Hours within which a called party may have to be there. */
val CALL_HOURS = listOf(1, 2, 4, 24)

/** What a whistle 吹哨 asks of a party. */
data class Calling(val obligation: String = "", val hours: Int = CALL_HOURS[1])

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

    /** Of a whistle: what it asks of each party that is called. */
    private var callings by mutableStateOf<Map<OrganisationId, Calling>>(emptyMap())
    val whistle: Boolean get() = initiation == Initiation.WHISTLE

    fun calling(party: OrganisationId): Calling = callings[party] ?: Calling()

    fun call(party: OrganisationId, calling: Calling) {
        callings = callings + (party to calling)
    }

    private val callsSaid: Boolean get() = !whistle || visiting.all { calling(it).obligation.isNotBlank() }

    /** The side whose parties are being picked, and the text they are looked for by; nothing while none are. */
    var picking by mutableStateOf<Side?>(null)
        private set
    var wanted by mutableStateOf("")
    private var fixes by mutableStateOf<List<Fix>>(emptyList())
    private var watch: Watch? = null

    val position: PositionSaid get() = PositionSaid.of(fixes.best())
    val found: List<Body> get() = bodies.filter { wanted.trim() in it.name }
    val ready: Boolean
        get() = !busy && title.isNotBlank() && visiting.isNotEmpty() && hosts.isNotEmpty() && (about != null || address.isNotBlank()) && callsSaid

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
        // From the moment of the whistle on, by the server's clock.
        val now = field.serverTime().millis
        val calls = visiting.map { Call(it, calling(it).obligation.trim(), Instant(now + calling(it).hours * HOUR_MILLIS)) }
        val checkin = NewCheckin(title.trim(), initiation, subject, visiting, hosts, if (whistle) calls else emptyList())
        askOnce({ it.openCheckin(checkin) }) { id ->
            leave()
            field.show(CheckinListState(field))
            field.open(CheckinPageState(field, id))
            field.syncing.start()
        }
    }
}
