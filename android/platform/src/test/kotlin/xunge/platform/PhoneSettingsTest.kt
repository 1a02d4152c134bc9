package xunge.platform

import android.content.Context
import org.junit.Assert.assertEquals
import org.junit.Test
import xunge.core.Appearance
import xunge.core.Language
import xunge.core.Settings
import xunge.core.TextSize
import xunge.platform.time.SystemPhoneClock
import xunge.platform.time.Uptime

class PhoneSettingsTest : PhoneTest() {
    @Test
    fun `settings outlive the app, and what cannot be read is as at first`() {
        assertEquals(Settings(), PhoneSettings(process).read())
        val changed = Settings(Language.ENGLISH, Appearance.DARK, TextSize.LARGEST)
        PhoneSettings(process).write(changed)
        assertEquals(changed, PhoneSettings(process).read())
        process.getSharedPreferences("settings", Context.MODE_PRIVATE).edit().putString("language", "KLINGON").apply()
        assertEquals(changed.copy(language = Language.CHINESE), PhoneSettings(process).read())
    }

    @Test
    fun `the clock that nobody sets counts within one start of the phone`() {
        assertEquals(50L, Uptime(3, 150).millisSince(Uptime(3, 100)))
        assertEquals(null, Uptime(4, 150).millisSince(Uptime(3, 100)))
        assertEquals(null, Uptime(3, 50).millisSince(Uptime(3, 100)))
        val clock = SystemPhoneClock(process)
        assertEquals("a phone that does not count its starts", null, clock.uptime().boot)
        android.provider.Settings.Global.putInt(process.contentResolver, android.provider.Settings.Global.BOOT_COUNT, 12)
        assertEquals(12, clock.uptime().boot)
        assertEquals(android.os.SystemClock.elapsedRealtime(), clock.uptime().millis)
    }
}
