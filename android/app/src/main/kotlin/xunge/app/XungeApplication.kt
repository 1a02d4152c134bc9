package xunge.app

import android.app.Application
import java.io.File
import xunge.bindings.BoundCore
import xunge.platform.PhoneParts
import xunge.platform.core.FieldApplication
import xunge.platform.screen.PhoneScreen

/** The process: started by the screen, by the job scheduler, or for a patrol. */
class XungeApplication : Application(), FieldApplication {
    override val process: PhoneParts by lazy {
        val store = File(noBackupFilesDir, "store")
        PhoneParts(this, PhonePictures, File(store, "blobs")) { deviceKey, storeKey -> BoundCore.open(store.toPath(), deviceKey, storeKey) }
    }
    val screen by lazy { PhoneScreen(this, process) }
}
