package xunge.platform.camera

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException

/**
 * Lends one file of the captures folder to the camera app. Not exported: who comes was given the address, and the right to
 * this one file, by the intent that asked for the photo.
 */
class CaptureProvider : ContentProvider() {
    override fun onCreate(): Boolean = true

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor =
        ParcelFileDescriptor.open(file(uri), ParcelFileDescriptor.parseMode(mode))

    override fun getType(uri: Uri): String = "image/jpeg"

    /** Some camera apps ask for name and size first. */
    override fun query(uri: Uri, columns: Array<out String>?, selection: String?, arguments: Array<out String>?, order: String?): Cursor {
        val file = file(uri)
        val said = (columns ?: arrayOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)).map { it }
        val row = said.map { column ->
            when (column) {
                OpenableColumns.DISPLAY_NAME -> file.name
                OpenableColumns.SIZE -> file.length()
                else -> null
            }
        }
        return MatrixCursor(said.toTypedArray(), 1).apply { addRow(row) }
    }

    override fun insert(uri: Uri, values: ContentValues?): Uri = throw UnsupportedOperationException("only files are lent")

    override fun delete(uri: Uri, selection: String?, arguments: Array<out String>?): Int = throw UnsupportedOperationException("only files are lent")

    override fun update(uri: Uri, values: ContentValues?, selection: String?, arguments: Array<out String>?): Int =
        throw UnsupportedOperationException("only files are lent")

    private fun file(uri: Uri): File {
        val name = uri.pathSegments.singleOrNull() ?: throw FileNotFoundException("not one name: $uri")
        return CapturedPhotos(requireNotNull(context)).named(name) ?: throw FileNotFoundException("no photo is asked for under this name")
    }

    companion object {
        /** The manifest declares the same authority. */
        fun uriOf(context: Context, file: File): Uri =
            Uri.Builder().scheme("content").authority("${context.packageName}.captures").appendPath(file.name).build()
    }
}
