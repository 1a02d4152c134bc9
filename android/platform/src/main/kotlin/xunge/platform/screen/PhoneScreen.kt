package xunge.platform.screen

import android.app.Activity
import android.content.Context
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.Problem
import xunge.platform.PhoneParts
import xunge.platform.background.SyncJob
import xunge.ui.state.FieldState
import xunge.ui.state.Watch

/** What the activity shows. */
sealed interface Shown {
    /** The store is being opened. */
    data object Opening : Shown

    /** It could not be; the next start of the screen tries again. */
    data class Failed(val problem: Problem) : Shown

    data class Ready(val field: FieldState) : Shown
}

/** What the activity tells, and what it shows: all of its life but the drawing. It outlives the activity. */
class PhoneScreen(private val context: Context, private val parts: PhoneParts) {
    var shown by mutableStateOf<Shown>(Shown.Opening)
        private set

    /** Only touched on the core's thread. */
    private var holds = false
    private var network: Watch? = null

    fun started(activity: Activity) {
        parts.front.came(activity)
        parts.threads.run(::hold) { result ->
            result.fold({ opened() }) { failure -> shown = Shown.Failed(failure as? Problem ?: throw failure) }
        }
    }

    fun stopped(activity: Activity) {
        network?.stop()
        network = null
        // A microphone that nobody sees is off; what was said waits on its page.
        parts.voice.stop()
        parts.permissions.screenLeft()
        parts.front.left(activity)
        parts.threads.run(::letGo) { it.getOrThrow() }
    }

    /** What the person came back from. */
    fun resulted(requestCode: Int, resultCode: Int) = parts.camera.ended(requestCode, resultCode)

    fun answered(requestCode: Int, names: Array<out String>) = parts.permissions.answered(requestCode, names)

    private fun hold() {
        if (holds) return
        parts.holders.hold()
        holds = true
    }

    private fun letGo() {
        if (!holds) return
        holds = false
        parts.holders.release()
    }

    private fun opened() {
        // It may be gone again already.
        if (parts.front.activity == null) return
        val ready = shown as? Shown.Ready
        val field = ready?.field ?: FieldState(parts.core, parts)
        if (ready == null) {
            shown = Shown.Ready(field)
            field.start()
        } else {
            field.foreground()
        }
        network?.stop()
        network = parts.onNetwork.watch { field.syncing.start() }
        SyncJob.schedule(context, parts.journal)
        // After what the first page asks for.
        parts.threads.run({ parts.camera.recover() }) { drafts -> if (drafts.getOrThrow() > 0) field.changed() }
    }
}
