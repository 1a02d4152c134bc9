package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue

/** The first page of a device: a code becomes a person's device. */
class EnrolState(field: FieldState) : PageState(field) {
    var server by mutableStateOf("")
    var code by mutableStateOf("")

    val ready: Boolean get() = server.isNotBlank() && code.isNotBlank() && !busy

    fun enrol() {
        if (!ready) return
        busy = true
        understood()
        val (server, code) = server.trim().trimEnd('/') to code.trim()
        field.platform.threads.runBeside({ field.core.enrol(server, code, field.platform.link) }) { result ->
            answered(result) { person ->
                busy = false
                field.enrolled(person)
            }
        }
    }
}
