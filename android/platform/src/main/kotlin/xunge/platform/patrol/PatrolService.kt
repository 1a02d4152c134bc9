package xunge.platform.patrol

import android.app.NotificationManager
import android.app.Service
import android.content.Context
import android.content.Intent
import android.content.pm.ServiceInfo
import android.os.Build
import android.os.IBinder
import xunge.platform.NewerAndroid
import xunge.platform.core.FieldApplication
import xunge.platform.permissions.Permission
import xunge.platform.permissions.PermissionAnswer
import xunge.platform.permissions.Permissions
import xunge.platform.service
import xunge.ui.state.PatrolState

private const val NOTICE = 1

/**
 * Keeps a patrol alive with the phone in the pocket, and says so in a notification for as long as it lasts, with a button
 * to pause and one to end. What the phone kills is over: a patrol never begins by itself.
 */
class PatrolService : Service() {
    private val process get() = (application as FieldApplication).process

    override fun onBind(intent: Intent?): IBinder? = null

    override fun onStartCommand(intent: Intent?, flags: Int, id: Int): Int {
        val patrol = process.patrol
        when (PatrolOrder.entries.firstOrNull { it.name == intent?.action }) {
            PatrolOrder.BEGIN -> if (foreground()) patrol.begin()
            PatrolOrder.PAUSE -> patrol.pause()
            PatrolOrder.RESUME -> patrol.resume()
            PatrolOrder.END -> patrol.end()
            // The system's own, without an order: nothing is begun by that.
            null -> patrol.end()
        }
        if (patrol.state == PatrolState.OFF) {
            stopForeground(STOP_FOREGROUND_REMOVE)
            stopSelf()
        } else {
            service<NotificationManager>().notify(NOTICE, notice(patrol.state))
        }
        return START_NOT_STICKY
    }

    override fun onDestroy() {
        process.patrol.end()
        super.onDestroy()
    }

    /** Whether the system lets it: not without the permission for the position. */
    @NewerAndroid
    private fun foreground(): Boolean =
        try {
            val notice = notice(PatrolState.RUNNING)
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) {
                startForeground(NOTICE, notice, ServiceInfo.FOREGROUND_SERVICE_TYPE_LOCATION)
            } else {
                startForeground(NOTICE, notice)
            }
            true
        } catch (_: SecurityException) {
            false
        }

    private fun notice(state: PatrolState) = PatrolNotice(this, process.language).of(state)

    companion object {
        /** Begins once the person has allowed it; without the notification too, which they may not want to see. */
        fun begin(context: Context, permissions: Permissions, onAnswer: (PermissionAnswer) -> Unit) {
            permissions.ask(Permission.POSITION, insisting = true) { answer ->
                if (answer != PermissionAnswer.GRANTED) return@ask onAnswer(answer)
                permissions.ask(Permission.NOTIFICATION) {
                    context.startForegroundService(PatrolOrder.BEGIN.intent(context))
                    onAnswer(PermissionAnswer.GRANTED)
                }
            }
        }
    }
}

/** What the service is told. */
internal enum class PatrolOrder {
    BEGIN,
    PAUSE,
    RESUME,
    END,
    ;

    fun intent(context: Context): Intent = Intent(context, PatrolService::class.java).setAction(name)
}
