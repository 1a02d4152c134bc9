package xunge.bindings

import uniffi.xunge_mobile.DeclinedView
import uniffi.xunge_mobile.LeaveView
import uniffi.xunge_mobile.PrivateView
import uniffi.xunge_mobile.DeclineCause as CoreDeclineCause
import uniffi.xunge_mobile.DutyDelivery as CoreDutyDelivery
import uniffi.xunge_mobile.Freed as CoreFreed
import uniffi.xunge_mobile.PrivateDelivery as CorePrivateDelivery
import uniffi.xunge_mobile.PrivateKind as CorePrivateKind
import xunge.core.DeclineCause
import xunge.core.Declined
import xunge.core.DutyDelivery
import xunge.core.DutyNoteId
import xunge.core.Freed
import xunge.core.Instant
import xunge.core.Leave
import xunge.core.PrivateDelivery
import xunge.core.PrivateKind
import xunge.core.PrivateRecord
import xunge.core.PrivateRecordId

// What a person says of their own duty, and what lies beside a case: none of it is in a document.

internal fun DeclineCause.core(): CoreDeclineCause =
    when (this) {
        DeclineCause.SICK -> CoreDeclineCause.SICK
        DeclineCause.TOO_FAR -> CoreDeclineCause.TOO_FAR
        DeclineCause.ALREADY_SEEN -> CoreDeclineCause.ALREADY_SEEN
        DeclineCause.OTHER -> CoreDeclineCause.OTHER
    }

private fun CoreDeclineCause.own(): DeclineCause =
    when (this) {
        CoreDeclineCause.SICK -> DeclineCause.SICK
        CoreDeclineCause.TOO_FAR -> DeclineCause.TOO_FAR
        CoreDeclineCause.ALREADY_SEEN -> DeclineCause.ALREADY_SEEN
        CoreDeclineCause.OTHER -> DeclineCause.OTHER
    }

private fun CoreDutyDelivery.own(): DutyDelivery =
    when (this) {
        CoreDutyDelivery.ON_DEVICE -> DutyDelivery.ON_DEVICE
        CoreDutyDelivery.RECEIVED -> DutyDelivery.RECEIVED
        CoreDutyDelivery.REFUSED -> DutyDelivery.REFUSED
    }

internal fun DeclinedView.own() = Declined(cause.own(), words, Instant(madeAt), delivery.own(), reason?.own())

internal fun LeaveView.own() =
    Leave(
        id = DutyNoteId(id),
        from = Instant(from),
        until = Instant(until),
        words = words,
        saidAt = Instant(madeAt),
        delivery = delivery.own(),
        reason = reason?.own(),
        takenBack = takenBack?.own(),
    )

internal fun PrivateView.own() = PrivateRecord(PrivateRecordId(id), kind.own(), Instant(madeAt), length.toLong(), delivery.own(), reason?.own())

private fun CorePrivateKind.own(): PrivateKind =
    when (this) {
        CorePrivateKind.WITNESS -> PrivateKind.WITNESS
        CorePrivateKind.RESIDENT -> PrivateKind.RESIDENT
        CorePrivateKind.PHONE -> PrivateKind.PHONE
        CorePrivateKind.ADDRESS -> PrivateKind.ADDRESS
        CorePrivateKind.VOICE_NOTE -> PrivateKind.VOICE_NOTE
    }

private fun CorePrivateDelivery.own(): PrivateDelivery =
    when (this) {
        CorePrivateDelivery.ON_DEVICE -> PrivateDelivery.ON_DEVICE
        CorePrivateDelivery.RECEIVED -> PrivateDelivery.RECEIVED
        CorePrivateDelivery.REFUSED -> PrivateDelivery.REFUSED
    }

internal fun CoreFreed.own() = Freed(files.toLong(), bytes.toLong(), bytesLeft.toLong())
