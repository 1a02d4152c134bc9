package xunge.platform.storage

import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

private const val GIB = 1024L * 1024 * 1024

class PhotoRoomTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `all photos stay while enough is free, and what is short is given back`() {
        assertEquals(4 * GIB, PhotoRoom.keepBytes(here = 4 * GIB, free = 7 * GIB, total = 64 * GIB))
        // A tenth of 64 GiB is 6.4: 1.4 GiB too little is free.
        assertEquals(4 * GIB - (64 * GIB / 10 - 5 * GIB), PhotoRoom.keepBytes(here = 4 * GIB, free = 5 * GIB, total = 64 * GIB))
        assertEquals("a small phone keeps one GiB free", 1 * GIB, PhotoRoom.keepBytes(here = 2 * GIB, free = 0, total = 8 * GIB))
        assertEquals("never less than none", 0L, PhotoRoom.keepBytes(here = GIB, free = 0, total = 512 * GIB))
    }

    private fun assertEquals(why: String, wanted: Long, found: Long) = assertEquals(wanted, found, why)

    @Test
    fun `what is here is what lies in the folder`() {
        Files.createDirectories(folder.resolve("a/b"))
        Files.write(folder.resolve("a/b/photo"), ByteArray(700))
        Files.write(folder.resolve("photo"), ByteArray(300))
        assertEquals(1_000, PhotoRoom(folder.toFile(), free = { 2 * GIB }, total = { 8 * GIB }).keepBytes())
        assertEquals(999, PhotoRoom(folder.toFile(), free = { GIB - 1 }, total = { 8 * GIB }).keepBytes())
        assertEquals(1_000, PhotoRoom(folder.toFile(), free = { Long.MAX_VALUE }, total = { 8 * GIB }).keepBytes(), "not known to be short")
        assertEquals(0, PhotoRoom(File(folder.toFile(), "none"), free = { 0 }, total = { 8 * GIB }).keepBytes())
    }
}
