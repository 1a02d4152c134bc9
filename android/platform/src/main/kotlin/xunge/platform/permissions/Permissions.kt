package xunge.platform.permissions

import android.app.Activity
import android.app.AlertDialog
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager
import android.net.Uri
import android.os.Build
import android.provider.Settings
import xunge.core.Language
import xunge.platform.PhoneWord
import xunge.platform.screen.Front

/** Request codes of this class, apart from others of the activity. */
private const val FIRST_CODE = 100

/**
 * Asks for permissions when they are needed, with the reason first, one question at a time. Who says no is not asked again
 * before the app is opened anew, unless they ask for it themselves. All of it on the screen's thread.
 */
class Permissions(private val context: Context, private val front: Front, private val language: () -> Language) {
    private class Question(val permission: Permission, val insisting: Boolean, val onAnswer: (PermissionAnswer) -> Unit)

    private val asked = context.getSharedPreferences("permissions", Context.MODE_PRIVATE)
    private val declined = mutableSetOf<Permission>()
    private val waiting = ArrayDeque<Question>()
    private var open: Question? = null
    private var dialog: AlertDialog? = null

    fun allows(permission: Permission): Boolean =
        Build.VERSION.SDK_INT < permission.since ||
            permission.names.any { context.checkSelfPermission(it) == PackageManager.PERMISSION_GRANTED }

    /** Whether it is allowed as it is wanted, and not only enough to go on. */
    fun allowsAll(permission: Permission): Boolean =
        Build.VERSION.SDK_INT < permission.since ||
            context.checkSelfPermission(permission.names.first()) == PackageManager.PERMISSION_GRANTED

    /** Answers at once where there is nothing to ask. `insisting`: the person touched something that needs it. */
    fun ask(permission: Permission, insisting: Boolean = false, onAnswer: (PermissionAnswer) -> Unit) {
        if (allows(permission)) return onAnswer(PermissionAnswer.GRANTED)
        waiting.add(Question(permission, insisting, onAnswer))
        if (open == null) next()
    }

    /** What the activity was told. */
    fun answered(requestCode: Int, names: Array<out String>) {
        val question = open ?: return
        if (requestCode != FIRST_CODE + question.permission.ordinal) return
        // No names: the question was broken off by the system, and nobody said no.
        end(if (allows(question.permission)) PermissionAnswer.GRANTED else refusal(question.permission), names.isNotEmpty())
    }

    /** The screen goes: what is open on it goes as well, and nobody said no. */
    fun screenLeft() {
        val shown = dialog ?: return
        dialog = null
        shown.setOnCancelListener(null)
        shown.dismiss()
        end(PermissionAnswer.DENIED, byPerson = false)
    }

    private fun next() {
        val question = waiting.removeFirstOrNull() ?: return
        open = question
        val activity = front.activity
        when {
            allows(question.permission) -> end(PermissionAnswer.GRANTED, byPerson = true)
            question.permission in declined && !question.insisting -> end(PermissionAnswer.DENIED, byPerson = true)
            activity == null -> end(PermissionAnswer.DENIED, byPerson = false)
            forGood(activity, question.permission) -> sendToSettings(activity, question.permission)
            else -> explain(activity, question.permission)
        }
    }

    private fun explain(activity: Activity, permission: Permission) =
        show(activity, text(permission.reason), PhoneWord.GO_ON, refused = PermissionAnswer.DENIED) {
            asked.edit().putBoolean(permission.name, true).apply()
            activity.requestPermissions(permission.names.toTypedArray(), FIRST_CODE + permission.ordinal)
        }

    private fun sendToSettings(activity: Activity, permission: Permission) {
        val why = "${text(permission.reason)}\n${text(PhoneWord.REFUSED_FOR_GOOD)}"
        show(activity, why, PhoneWord.OPEN_SETTINGS, refused = PermissionAnswer.DENIED_FOR_GOOD) {
            activity.startActivity(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", context.packageName, null)))
            end(PermissionAnswer.DENIED_FOR_GOOD, byPerson = true)
        }
    }

    private fun show(activity: Activity, why: String, goOn: PhoneWord, refused: PermissionAnswer, going: () -> Unit) {
        dialog =
            AlertDialog.Builder(activity)
                .setTitle(text(PhoneWord.ALLOW_TITLE))
                .setMessage(why)
                .setPositiveButton(text(goOn)) { _, _ ->
                    dialog = null
                    going()
                }
                .setNegativeButton(text(PhoneWord.NOT_NOW)) { shown, _ -> shown.cancel() }
                .setOnCancelListener {
                    dialog = null
                    end(refused, byPerson = true)
                }
                .show()
    }

    private fun refusal(permission: Permission): PermissionAnswer {
        val activity = front.activity ?: return PermissionAnswer.DENIED
        return if (forGood(activity, permission)) PermissionAnswer.DENIED_FOR_GOOD else PermissionAnswer.DENIED
    }

    /** The system shows no reason of ours any more once it has stopped asking; nor before it ever asked. */
    private fun forGood(activity: Activity, permission: Permission): Boolean =
        asked.getBoolean(permission.name, false) && !activity.shouldShowRequestPermissionRationale(permission.names.first())

    private fun end(answer: PermissionAnswer, byPerson: Boolean) {
        val question = open ?: return
        open = null
        if (answer == PermissionAnswer.GRANTED) declined.remove(question.permission) else if (byPerson) declined.add(question.permission)
        question.onAnswer(answer)
        if (open == null) next()
    }

    private fun text(word: PhoneWord): String = word.inLanguage(language())
}
