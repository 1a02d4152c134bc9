package xunge.bindings

import uniffi.xunge_mobile.Act
import uniffi.xunge_mobile.CaseListItem
import uniffi.xunge_mobile.CaseView
import uniffi.xunge_mobile.EventView
import uniffi.xunge_mobile.LaneItem
import uniffi.xunge_mobile.NoteView
import uniffi.xunge_mobile.PhotoView
import uniffi.xunge_mobile.ReasonView
import uniffi.xunge_mobile.Delivery as CoreDelivery
import uniffi.xunge_mobile.PageEnd as CorePageEnd
import xunge.core.CaseAct
import xunge.core.CasePage
import xunge.core.CaseRow
import xunge.core.ConcurrentField
import xunge.core.Delivery
import xunge.core.DocumentId
import xunge.core.EntryId
import xunge.core.Instant
import xunge.core.Note
import xunge.core.OfferedAction
import xunge.core.OrganisationId
import xunge.core.PageEnd
import xunge.core.PersonId
import xunge.core.Photo
import xunge.core.PhotoHash
import xunge.core.Point
import xunge.core.Reason
import xunge.core.Ruling
import xunge.core.SetAside
import xunge.core.SetAsideOutcome
import xunge.core.Survey
import xunge.core.TimelineEntry

/** The point is where the photo was taken. */
internal fun CaseAct.core(point: Point?): Act =
    when (this) {
        is CaseAct.Verify -> Act.Verify(result, note)
        is CaseAct.Check -> Act.Check(passed, point?.core(), note)
        is CaseAct.JointSurvey -> Act.JointSurvey(point?.core(), cause, estimate?.core())
        CaseAct.Claim -> Act.Claim
        is CaseAct.Feedback -> Act.Feedback(point?.core(), note)
    }

internal fun PageEnd.core() = CorePageEnd(updatedAt = updatedAt.millis, id = id.text)

internal fun CaseListItem.own() =
    CaseRow(
        id = DocumentId(id),
        localCode = localCode,
        caseNo = caseNo,
        title = title,
        className = `class`,
        state = state.own(),
        severity = severity.own(),
        address = address,
        point = point?.own(),
        updatedAt = Instant(updatedAt),
        delivery = delivery.own(),
        due = due?.let(::Instant),
        light = light?.own(),
        declined = declined,
        thumb = thumb?.let(::PhotoHash),
    )

internal fun CaseView.own() =
    CasePage(
        id = DocumentId(id),
        localCode = localCode,
        caseNo = caseNo,
        classCode = facts.`class`,
        className = `class`,
        title = facts.title,
        description = facts.description,
        address = facts.address,
        point = facts.position?.point?.own(),
        severity = facts.severity.own(),
        state = state.own(),
        provisionalState = provisionalState.own(),
        clocks = clocks.map { it.own() },
        surveys = standing.surveys.map { Survey(EntryId(it.id), OrganisationId(it.organisation), it.cause, it.estimate?.own()) },
        possibleDuplicateOf = facts.possibleDuplicateOf?.let(::DocumentId),
        delivery = delivery.own(),
        photos = photos.map { it.own() },
        hazards = hazards.map { it.own() },
        comments = comments.map { it.own() },
        timeline = timeline.map { it.own() },
        setAside = setAside.map { it.own() },
        offered = offered.map { OfferedAction(it.action.own(), it.reason?.own()) },
        concurrent = concurrent.map { ConcurrentField(it.field, it.others) },
    )

internal fun CoreDelivery.own(): Delivery =
    when (this) {
        CoreDelivery.OnDevice -> Delivery.OnDevice
        is CoreDelivery.Sending -> Delivery.Sending(sent.toLong(), of.toLong())
        CoreDelivery.Received -> Delivery.Received
    }

internal fun PhotoView.own() =
    Photo(
        id = EntryId(id),
        hash = PhotoHash(sha256),
        purpose = purpose.own(),
        caption = caption,
        author = PersonId(author),
        at = Instant(at),
        state = state.own(),
    )

internal fun NoteView.own() = Note(EntryId(id), PersonId(author), Instant(at), text)

internal fun ReasonView.own() = Reason(code, zh, en)

internal fun LaneItem.own() =
    SetAside(
        id = EntryId(id),
        document = DocumentId(case),
        kind = kind,
        outcome = if (outcome == "declined") SetAsideOutcome.DECLINED else SetAsideOutcome.QUARANTINED,
        at = Instant(at),
        reason = reason.own(),
    )

private fun EventView.own() =
    TimelineEntry(
        id = EntryId(id),
        action = action.own(),
        author = PersonId(author),
        at = Instant(at),
        ruling = ruling?.let { Ruling(it.accepted, Instant(it.at), it.to?.own(), it.reason?.own()) },
    )
