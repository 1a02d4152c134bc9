package xunge.platform.storage

import android.content.Context
import android.os.storage.StorageManager
import java.io.File
import java.io.IOException
import xunge.platform.service
import xunge.ui.state.PhotoAllowance

/** Left free for the phone itself and for the photos of the next days. */
private const val FREE_BYTES_MIN = 1L * 1024 * 1024 * 1024
private const val FREE_PART = 10

/**
 * How many bytes of photos this phone may keep. The core frees originals down to that, the oldest first, and only those with
 * a receipt that lie in a backup of the hub; whatever the figure says, nothing else goes.
 */
class PhotoRoom(
    private val folder: File,
    private val free: () -> Long,
    private val total: () -> Long,
) : PhotoAllowance {
    constructor(context: Context, folder: File) : this(
        folder,
        free = {
            val storage = context.service<StorageManager>()
            try {
                // With what the system would clear of other apps' caches.
                storage.getAllocatableBytes(storage.getUuidForPath(context.noBackupFilesDir))
            } catch (_: IOException) {
                // A phone that does not say how much is free is not known to be short of it.
                Long.MAX_VALUE
            }
        },
        total = { context.noBackupFilesDir.totalSpace },
    )

    /** Walks the folder; not from the screen's thread. */
    override fun keepBytes(): Long {
        val here = folder.walkBottomUp().filter { it.isFile }.sumOf { it.length() }
        return keepBytes(here, free(), total())
    }

    companion object {
        /** What is here, less what the phone is short of: a tenth of it, or 1 GiB where that is more, stays free. */
        fun keepBytes(here: Long, free: Long, total: Long): Long {
            val short = maxOf(FREE_BYTES_MIN, total / FREE_PART) - free
            return (here - maxOf(short, 0)).coerceAtLeast(0)
        }
    }
}
