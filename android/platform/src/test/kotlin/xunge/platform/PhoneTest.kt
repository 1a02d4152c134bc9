package xunge.platform

import android.app.Activity
import android.app.Application
import org.junit.After
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import org.robolectric.annotation.SQLiteMode
import xunge.core.Language
import xunge.platform.permissions.Permission
import xunge.platform.permissions.Permissions
import xunge.platform.screen.Front

/** A test on Robolectric's Android 15. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestProcess::class, manifest = Config.NONE)
@GraphicsMode(GraphicsMode.Mode.LEGACY)
@SQLiteMode(SQLiteMode.Mode.LEGACY)
abstract class PhoneTest {
    protected val process: TestProcess get() = RuntimeEnvironment.getApplication() as TestProcess
    protected val front = Front()
    protected val permissions by lazy { Permissions(process, front) { Language.CHINESE } }

    /** The activity on the screen; there is none before this is asked for. */
    protected val screen: ActivityController<Activity> by lazy {
        Robolectric.buildActivity(Activity::class.java).setup().also { front.came(it.get()) }
    }

    @After
    fun leaveTheScreen() {
        front.activity?.finish()
    }

    protected fun allow(vararg permissions: Permission) =
        shadowOf(process as Application).grantPermissions(*permissions.flatMap { it.names }.toTypedArray())
}
