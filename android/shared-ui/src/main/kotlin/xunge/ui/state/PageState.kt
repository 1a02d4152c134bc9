package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.FieldCore
import xunge.core.Problem

/** What one page holds. It knows no screen; screens read it and call it. */
sealed class PageState(val field: FieldState) {
    /** What went wrong, until it is understood. */
    var problem by mutableStateOf<Problem?>(null)
        protected set

    /** Whether something is being done that has to end before it is done again. */
    var busy by mutableStateOf(false)
        protected set

    /** Reads what is shown; called when the page comes up, and when something changed. */
    open fun load() {}

    /** Lets go of what only an open page needs. */
    open fun leave() {}

    fun understood() {
        problem = null
    }

    /** Asks the core, off the screen's thread. */
    internal fun <Answer> ask(work: (FieldCore) -> Answer, done: (Answer) -> Unit) {
        field.platform.threads.run({ work(field.core) }) { answered(it, done) }
    }

    /** The same for what cannot be asked twice at once. */
    internal fun <Answer> askOnce(work: (FieldCore) -> Answer, done: (Answer) -> Unit) {
        if (busy) return
        busy = true
        problem = null
        ask(work) {
            busy = false
            done(it)
        }
    }

    protected fun <Answer> answered(result: Result<Answer>, done: (Answer) -> Unit) {
        result.fold(done) { failure ->
            busy = false
            problem = failure as? Problem ?: throw failure
        }
    }
}
