package xunge.bindings

import uniffi.xunge_mobile.CostBearer as CoreCostBearer
import uniffi.xunge_mobile.Estimated
import uniffi.xunge_mobile.Step
import uniffi.xunge_mobile.StepView
import xunge.core.Body
import xunge.core.CheckinStep
import xunge.core.CostBearer
import xunge.core.EntryId
import xunge.core.Instant
import xunge.core.PersonId
import xunge.core.StepFact

/** A step's words, and what it says beside them. */
private class Content(val note: String, vararg facts: StepFact?) {
    val facts: List<StepFact> = facts.filterNotNull()
}

internal fun StepView.own(body: (String) -> Body): CheckinStep {
    val said = content.said(body)
    return CheckinStep(
        id = EntryId(id),
        name = name.own(),
        author = PersonId(author),
        at = Instant(at),
        address = address,
        photos = photos.map(::EntryId),
        note = said.note,
        facts = said.facts,
    )
}

private fun Step.said(body: (String) -> Body): Content =
    when (this) {
        is Step.Talk -> Content(note)
        is Step.Survey -> Content(note, estimate?.own())
        is Step.Cause -> Content(note)
        is Step.Scheme -> Content(note, StepFact.Version(version.toInt()))
        is Step.Consultation ->
            Content(
                minutes,
                StepFact.Options(options).takeIf { options.isNotEmpty() },
                StepFact.Decision(decision),
                StepFact.Undertaker(body(undertaker)),
                StepFact.Cost(cost.own()),
                promise?.let { StepFact.Promise(Instant(it)) },
            )
        is Step.CrewEnters -> Content(note, StepFact.Party(body(crew)), StepFact.Headcount(headcount.toInt()))
        is Step.WorksWindow -> Content(note, StepFact.Window(Instant(from), Instant(until)))
        is Step.DutyRota ->
            Content(
                note,
                *turns
                    .map { StepFact.Turn(body(it.organisation), it.headcount.toInt(), it.post, Instant(it.from), Instant(it.until)) }
                    .toTypedArray(),
            )
        is Step.Progress -> Content(note, percent?.let { StepFact.Percent(it.toInt()) })
        is Step.Completion ->
            Content(
                note,
                StepFact.FinishedAt(Instant(finishedAt)),
                *quantities.map { StepFact.Quantity(it.what, it.number.toLong(), it.unit) }.toTypedArray(),
            )
        is Step.ResidentsAnswer -> Content(note, StepFact.Answer(satisfied))
        is Step.Thanks -> Content(note)
        is Step.FollowUp -> Content(note, StepFact.Answer(holds))
        is Step.Agreement -> Content(note, *parties.map { StepFact.Party(body(it)) }.toTypedArray())
        is Step.Arrival -> Content(note, StepFact.Party(body(party)))
    }

private fun Estimated.own(): StepFact =
    when (this) {
        is Estimated.At -> StepFact.EstimateAt(Instant(v1))
        is Estimated.Within -> StepFact.EstimateWithin(limit.own())
    }

private fun CoreCostBearer.own(): CostBearer =
    when (this) {
        CoreCostBearer.Voluntary -> CostBearer.VOLUNTARY
        is CoreCostBearer.Body -> CostBearer.BODY
        is CoreCostBearer.Shared -> CostBearer.SHARED
        CoreCostBearer.Open -> CostBearer.OPEN
    }
