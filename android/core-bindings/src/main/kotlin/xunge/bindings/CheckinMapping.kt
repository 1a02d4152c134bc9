package xunge.bindings

import uniffi.xunge_mobile.CheckinListItem
import uniffi.xunge_mobile.CheckinView
import uniffi.xunge_mobile.FourTimes
import uniffi.xunge_mobile.Term
import uniffi.xunge_mobile.Limit as CoreLimit
import uniffi.xunge_mobile.Subject as CoreSubject
import xunge.core.Body
import xunge.core.CallStanding
import xunge.core.CheckinPage
import xunge.core.CheckinRow
import xunge.core.DocumentId
import xunge.core.Instant
import xunge.core.Limit
import xunge.core.NamedTime
import xunge.core.OrganisationId
import xunge.core.Subject
import xunge.core.TimeComparison
import xunge.core.TimeName

internal fun CheckinListItem.own() =
    CheckinRow(
        id = DocumentId(id),
        localCode = localCode,
        title = title,
        state = state.own(),
        initiation = initiation?.own(),
        steps = steps.toInt(),
        lastStep = lastStep?.own(),
        updatedAt = Instant(updatedAt),
        delivery = delivery.own(),
        declined = declined,
    )

internal fun CheckinView.own(): CheckinPage {
    val known = names.associate { it.id to it.name }
    val body = { id: String -> Body(OrganisationId(id), known[id] ?: id) }
    return CheckinPage(
        id = DocumentId(id),
        localCode = localCode,
        title = title,
        state = state.own(),
        initiation = initiation?.own(),
        subject = subject?.own(),
        visiting = visiting.map(body),
        hosts = hosts.map(body),
        delivery = delivery.own(),
        steps = steps.map { it.own(body) },
        calls =
            calls.map {
                CallStanding(
                    party = body(it.call.party),
                    obligation = it.call.obligation,
                    due = Instant(it.call.due),
                    arrivedAt = it.arrivedAt?.let(::Instant),
                    lateMillis = it.lateMillis,
                )
            },
        times = times.own(),
        comparisons = comparisons.map { TimeComparison(it.measured.own(), it.against.own(), it.laterMillis) },
        photos = photos.map { it.own() },
        comments = comments.map { it.own() },
        setAside = setAside.map { it.own() },
    )
}

internal fun Limit.core() = CoreLimit(number.toUInt(), unit.core())

internal fun CoreLimit.own() = Limit(number.toInt(), unit.own())

private fun CoreSubject.own(): Subject =
    when (this) {
        is CoreSubject.Case -> Subject.Case(DocumentId(v1))
        is CoreSubject.Project -> Subject.Project(DocumentId(v1))
        is CoreSubject.Place -> Subject.Place(address, point?.own())
    }

internal fun Subject.core(): CoreSubject =
    when (this) {
        is Subject.Case -> CoreSubject.Case(id.text)
        is Subject.Project -> CoreSubject.Project(id.text)
        is Subject.Place -> CoreSubject.Place(address, point?.core())
    }

private fun FourTimes.own(): List<NamedTime> =
    listOfNotNull(tableLimit).map { it.named(TimeName.TABLE_LIMIT) } +
        estimates.map { it.named(TimeName.ESTIMATE) } +
        promises.map { it.named(TimeName.PROMISE) } +
        listOfNotNull(actual).map { it.named(TimeName.ACTUAL) }

private fun Term.named(name: TimeName) = NamedTime(name, at?.let(::Instant), within?.own())
