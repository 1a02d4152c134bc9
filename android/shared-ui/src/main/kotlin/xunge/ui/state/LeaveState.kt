package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import java.time.LocalDate
import xunge.core.DutyDelivery
import xunge.core.Instant
import xunge.core.Leave
import xunge.ui.words.dayOf
import xunge.ui.words.startOf

/** Longer than a year is no leave: the core says so too. */
private const val LEAVE_DAYS_MAX = 365L

/** A leave being said, in whole days. */
data class LeaveForm(
    val first: LocalDate,
    /** Its last day. */
    val last: LocalDate,
    val words: String = "",
) {
    /** From now on where it begins today: what was today so far cannot be taken back. */
    fun from(now: Instant): Instant = if (first == dayOf(now)) now else startOf(first)

    val until: Instant get() = startOf(last.plusDays(1))
}

/** 请假: the leaves that were said on this device, one to be said, and each to be taken back. */
class LeaveState(field: FieldState) : PageState(field) {
    var leaves by mutableStateOf<List<Leave>?>(null)
        private set

    /** The one being said; nothing while none is. */
    var form by mutableStateOf<LeaveForm?>(null)
        private set

    private val today: LocalDate get() = dayOf(this.field.serverTime())

    override fun load() {
        ask({ it.leaves() }) { leaves = it }
    }

    fun begin() {
        form = LeaveForm(today, today)
    }

    fun cancel() {
        form = null
    }

    /** Moves the first day, not before today; the last one follows where it has to. */
    fun moveFirst(days: Long) = edit {
        val moved = maxOf(first.plusDays(days), today)
        copy(first = moved, last = within(moved, maxOf(last, moved)))
    }

    fun moveLast(days: Long) = edit { copy(last = within(first, maxOf(last.plusDays(days), first))) }

    fun say(words: String) = edit { copy(words = words.take(DUTY_WORDS_MAX)) }

    private fun edit(change: LeaveForm.() -> LeaveForm) {
        form = form?.change()
    }

    private fun within(first: LocalDate, last: LocalDate): LocalDate = minOf(last, first.plusDays(LEAVE_DAYS_MAX - 1))

    /** Kept at once, sent with the next round. */
    fun submit() {
        val said = form ?: return
        val from = said.from(field.serverTime())
        askOnce({ it.sayLeave(from, said.until, said.words.trim()) }) {
            form = null
            changed()
        }
    }

    /** Whether it can be taken back 销假: it counts or may count, and is not over. */
    fun mayTakeBack(leave: Leave): Boolean =
        leave.delivery != DutyDelivery.REFUSED && leave.takenBack == null && leave.until > field.serverTime()

    fun takeBack(leave: Leave) {
        askOnce({ it.takeBackLeave(leave.id) }) { changed() }
    }

    private fun changed() {
        load()
        field.syncing.start()
    }
}
