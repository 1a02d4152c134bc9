package xunge.ui

import xunge.core.DeclineCause
import xunge.core.Declined
import xunge.core.DutyDelivery
import xunge.core.DutyNoteId
import xunge.core.Instant
import xunge.core.Leave
import xunge.core.PrivateDelivery
import xunge.core.PrivateKind
import xunge.core.PrivateRecord
import xunge.core.PrivateRecordId
import xunge.core.Reason

private const val DAY = 24 * 60L

/** Minutes from the samples' now to the end of its day. */
private const val MIDNIGHT = 13 * 60 + 36L

/** What somebody said of their own duty, and spoke beside a case. */
object DutySamples {
    private val overlap = Reason("leave_before", "这次请假在服务器收到前已经结束。", "This leave was over before the server heard of it.")

    val leaves: List<Leave> =
        listOf(
            leave("1", -5 * DAY, -4 * DAY + MIDNIGHT, "发烧", DutyDelivery.REFUSED, overlap),
            leave("2", -100, MIDNIGHT, "带孩子看病", DutyDelivery.RECEIVED),
            leave("3", 5 * DAY + MIDNIGHT, 8 * DAY + MIDNIGHT, "", DutyDelivery.RECEIVED, takenBack = DutyDelivery.ON_DEVICE),
            leave("4", 20 * DAY + MIDNIGHT, 27 * DAY + MIDNIGHT, "年假", DutyDelivery.ON_DEVICE),
        )

    private fun leave(
        id: String,
        fromMinutes: Long,
        untilMinutes: Long,
        words: String,
        delivery: DutyDelivery,
        reason: Reason? = null,
        takenBack: DutyDelivery? = null,
    ) = Leave(
        id = DutyNoteId("leave $id"),
        from = inMinutes(fromMinutes),
        until = inMinutes(untilMinutes),
        words = words,
        saidAt = Samples.before(700),
        delivery = delivery,
        reason = reason,
        takenBack = takenBack,
    )

    fun inMinutes(minutes: Long): Instant = Samples.before(-minutes)

    fun declined(cause: DeclineCause, words: String) = Declined(cause, words, Samples.now, DutyDelivery.ON_DEVICE, null)

    /** What the hub says of a decline that comes too late. */
    val refused: Declined =
        Declined(
            DeclineCause.TOO_FAR,
            "",
            Samples.before(9),
            DutyDelivery.REFUSED,
            Reason("offer_over", "这次派遣已经答复。", "This offer was answered already."),
        )

    val voices: List<PrivateRecord> =
        listOf(
            PrivateRecord(PrivateRecordId("voice 1"), PrivateKind.VOICE_NOTE, Samples.before(140), 412_000, PrivateDelivery.RECEIVED, null),
            PrivateRecord(PrivateRecordId("voice 2"), PrivateKind.VOICE_NOTE, Samples.before(3), 96_000, PrivateDelivery.ON_DEVICE, null),
            PrivateRecord(PrivateRecordId("phone 1"), PrivateKind.PHONE, Samples.before(3), 11, PrivateDelivery.ON_DEVICE, null),
        )
}
