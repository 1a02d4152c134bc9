package xunge.platform.patrol

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.graphics.drawable.Icon
import xunge.core.Language
import xunge.platform.PhoneWord
import xunge.platform.service
import xunge.ui.state.PatrolState

private const val CHANNEL = "patrol"

/** What the notification of a patrol shows. Nothing of a case is in it: it is seen on a locked screen. */
internal class PatrolNotice(private val context: Context, private val language: Language) {
    fun of(state: PatrolState): Notification {
        // Making one that is there changes nothing but its name.
        val channel = NotificationChannel(CHANNEL, text(PhoneWord.PATROL_CHANNEL), NotificationManager.IMPORTANCE_LOW)
        context.service<NotificationManager>().createNotificationChannel(channel)
        val paused = state == PatrolState.PAUSED
        return Notification.Builder(context, CHANNEL)
            .setSmallIcon(android.R.drawable.ic_menu_mylocation)
            .setContentTitle(text(PhoneWord.PATROL_CHANNEL))
            .setContentText(text(if (paused) PhoneWord.PATROL_PAUSED else PhoneWord.PATROL_RUNNING))
            .setOngoing(true)
            .setContentIntent(openingTheApp())
            .addAction(if (paused) action(PatrolOrder.RESUME, PhoneWord.RESUME) else action(PatrolOrder.PAUSE, PhoneWord.PAUSE))
            .addAction(action(PatrolOrder.END, PhoneWord.END))
            .build()
    }

    private fun openingTheApp(): PendingIntent? {
        val opening = context.packageManager.getLaunchIntentForPackage(context.packageName) ?: return null
        return PendingIntent.getActivity(context, 0, opening, PendingIntent.FLAG_IMMUTABLE)
    }

    private fun action(order: PatrolOrder, word: PhoneWord): Notification.Action {
        val doing = PendingIntent.getService(context, order.ordinal, order.intent(context), PendingIntent.FLAG_IMMUTABLE)
        val icon = Icon.createWithResource(context, android.R.drawable.ic_menu_mylocation)
        return Notification.Action.Builder(icon, text(word), doing).build()
    }

    private fun text(word: PhoneWord): String = word.inLanguage(language)
}
