package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.NotFoundProblem
import xunge.core.SetAside

/** Refused work, kept until its author acts. */
class LaneState(field: FieldState) : PageState(field) {
    var lane by mutableStateOf<List<SetAside>?>(null)
        private set

    override fun load() {
        ask({ it.syncStatus().setAside }) { lane = it }
    }

    /** The document it was about: a case, or a check-in. */
    fun open(item: SetAside) {
        ask({ core ->
            try {
                core.case(item.document)
                true
            } catch (_: NotFoundProblem) {
                false
            }
        }) { isCase ->
            field.open(if (isCase) CasePageState(field, item.document) else CheckinPageState(field, item.document))
        }
    }

    fun dismiss(item: SetAside) {
        askOnce({ it.dismiss(item.id) }) { load() }
    }
}
