package xunge.ui.signs

import xunge.core.CaseState
import xunge.core.CheckinState
import xunge.core.ClockState
import xunge.core.Delivery
import xunge.core.DutyDelivery
import xunge.core.Light
import xunge.core.PhotoState
import xunge.core.PrivateDelivery
import xunge.core.SetAsideOutcome
import xunge.core.Severity
import xunge.core.TaskKind
import xunge.ui.state.TaskStanding
import xunge.ui.theme.Tone
import xunge.ui.words.Named
import xunge.ui.words.OwnWord
import xunge.ui.words.Text
import xunge.ui.words.Word
import xunge.ui.words.named

/** The outlines of signs: each is told from the others without its colour. */
enum class Shape {
    DOTS,
    UP,
    RIGHT,
    LEFT,
    LENS,
    HALF,
    RING,
    DISC,
    SQUARE,
    DIAMOND,
    HOLLOW_DIAMOND,
    TRIANGLE,
    TICK,
    CROSS,
    MINUS,
    BARS,
    PHONE,
}

/** How a state is shown: in words, by a colour and by a shape, always all three. */
data class Sign(val named: Named, val tone: Tone, val shape: Shape)

val CaseState.sign: Sign
    get() =
        when (this) {
            CaseState.DRAFT -> sign(Tone.WAITING, Shape.DOTS)
            CaseState.REPORTED -> sign(Tone.ACTIVE, Shape.UP)
            CaseState.VERIFYING -> sign(Tone.ACTIVE, Shape.LENS)
            CaseState.ACCEPTED -> sign(Tone.ACTIVE, Shape.RING)
            CaseState.FILED -> sign(Tone.ACTIVE, Shape.SQUARE)
            CaseState.DISPATCHED -> sign(Tone.ACTIVE, Shape.RIGHT)
            CaseState.DISPOSING -> sign(Tone.WAITING, Shape.HALF)
            CaseState.FED_BACK -> sign(Tone.ACTIVE, Shape.LEFT)
            CaseState.CHECKING -> sign(Tone.WAITING, Shape.LENS)
            CaseState.TO_CLOSE -> sign(Tone.GOOD, Shape.DISC)
            CaseState.CLOSED -> sign(Tone.GOOD, Shape.TICK)
            CaseState.REJECTED -> sign(Tone.BAD, Shape.CROSS)
            CaseState.VOID -> sign(Tone.NEUTRAL, Shape.CROSS)
            CaseState.ON_HOLD -> sign(Tone.PAUSED, Shape.BARS)
            CaseState.SELF_DONE -> sign(Tone.GOOD, Shape.DIAMOND)
            CaseState.SELF_REVIEW -> sign(Tone.WAITING, Shape.HOLLOW_DIAMOND)
            CaseState.INVALID -> sign(Tone.BAD, Shape.MINUS)
        }

private fun CaseState.sign(tone: Tone, shape: Shape) = Sign(named, tone, shape)

val PhotoState.sign: Sign
    get() =
        when (this) {
            PhotoState.ON_DEVICE -> Sign(named, Tone.WAITING, Shape.PHONE)
            PhotoState.SENDING -> Sign(named, Tone.ACTIVE, Shape.UP)
            PhotoState.RECEIVED -> Sign(named, Tone.GOOD, Shape.TICK)
            PhotoState.ELSEWHERE -> Sign(named, Tone.NEUTRAL, Shape.RING)
        }

val Delivery.sign: Sign
    get() =
        when (this) {
            Delivery.OnDevice -> PhotoState.ON_DEVICE.sign
            is Delivery.Sending -> Sign(Named("上传中 $sent/$of", "Sending $sent of $of"), Tone.ACTIVE, Shape.UP)
            Delivery.Received -> PhotoState.RECEIVED.sign
        }

val Light.sign: Sign
    get() =
        when (this) {
            Light.GREEN -> Sign(named, Tone.GOOD, Shape.DISC)
            Light.YELLOW -> Sign(named, Tone.WAITING, Shape.HALF)
            Light.RED -> Sign(named, Tone.BAD, Shape.TRIANGLE)
        }

val ClockState.sign: Sign
    get() =
        when (this) {
            ClockState.RUNNING -> Sign(named, Tone.ACTIVE, Shape.RIGHT)
            ClockState.HELD -> Sign(named, Tone.PAUSED, Shape.BARS)
            ClockState.STOPPED -> Sign(named, Tone.NEUTRAL, Shape.SQUARE)
            ClockState.FINISHED -> Sign(named, Tone.GOOD, Shape.TICK)
        }

val TaskKind.sign: Sign
    get() =
        when (this) {
            TaskKind.VERIFY -> Sign(named, Tone.ACTIVE, Shape.LENS)
            TaskKind.CHECK -> Sign(named, Tone.WAITING, Shape.LENS)
        }

val TaskStanding.sign: Sign
    get() =
        when (this) {
            TaskStanding.IN_TIME -> Sign(Word.TASK_IN_TIME.both, Tone.GOOD, Shape.DISC)
            TaskStanding.SOON -> Sign(Word.TASK_SOON.both, Tone.WAITING, Shape.HALF)
            TaskStanding.OVERDUE -> Sign(Word.TASK_OVERDUE.both, Tone.BAD, Shape.TRIANGLE)
            TaskStanding.ANSWERED -> Sign(Word.TASK_ANSWERED.both, Tone.ACTIVE, Shape.UP)
            TaskStanding.DECLINED -> Sign(OwnWord.TASK_DECLINED.both, Tone.NEUTRAL, Shape.MINUS)
        }

val DutyDelivery.sign: Sign
    get() =
        when (this) {
            DutyDelivery.ON_DEVICE -> Sign(named, Tone.WAITING, Shape.PHONE)
            DutyDelivery.RECEIVED -> Sign(named, Tone.GOOD, Shape.TICK)
            DutyDelivery.REFUSED -> Sign(named, Tone.BAD, Shape.CROSS)
        }

/** Where the word is that takes a leave back. */
val DutyDelivery.takenBackSign: Sign
    get() =
        when (this) {
            DutyDelivery.ON_DEVICE -> Sign(OwnWord.LEAVE_TAKING_BACK.both, Tone.WAITING, Shape.LEFT)
            DutyDelivery.RECEIVED -> Sign(OwnWord.LEAVE_TAKEN_BACK.both, Tone.NEUTRAL, Shape.LEFT)
            DutyDelivery.REFUSED -> Sign(OwnWord.LEAVE_BACK_REFUSED.both, Tone.BAD, Shape.LEFT)
        }

val PrivateDelivery.sign: Sign
    get() =
        when (this) {
            PrivateDelivery.ON_DEVICE -> Sign(named, Tone.WAITING, Shape.PHONE)
            PrivateDelivery.RECEIVED -> Sign(named, Tone.GOOD, Shape.TICK)
            PrivateDelivery.REFUSED -> Sign(named, Tone.BAD, Shape.CROSS)
        }

val CheckinState.sign: Sign
    get() =
        when (this) {
            CheckinState.DRAFT -> Sign(named, Tone.WAITING, Shape.DOTS)
            CheckinState.OPENED -> Sign(named, Tone.WAITING, Shape.RING)
            CheckinState.UNDER_WAY -> Sign(named, Tone.ACTIVE, Shape.HALF)
            CheckinState.REFUSED -> Sign(named, Tone.BAD, Shape.CROSS)
            CheckinState.CLOSED -> Sign(named, Tone.GOOD, Shape.TICK)
        }

val Severity.sign: Sign
    get() =
        when (this) {
            Severity.ORDINARY -> Sign(named, Tone.NEUTRAL, Shape.RING)
            Severity.SERIOUS -> Sign(named, Tone.WAITING, Shape.TRIANGLE)
            Severity.URGENT -> Sign(named, Tone.BAD, Shape.TRIANGLE)
        }

val SetAsideOutcome.sign: Sign
    get() =
        when (this) {
            SetAsideOutcome.DECLINED -> Sign(Word.LANE_DECLINED.both, Tone.BAD, Shape.CROSS)
            SetAsideOutcome.QUARANTINED -> Sign(Word.LANE_QUARANTINED.both, Tone.PAUSED, Shape.BARS)
        }

private val Text.both get() = Named(zh, en)
