package xunge.ui

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import xunge.core.ActionName
import xunge.core.CaseState
import xunge.core.CheckinState
import xunge.core.ClassReason
import xunge.core.ClockState
import xunge.core.DeclineCause
import xunge.core.Delivery
import xunge.core.DutyDelivery
import xunge.core.Initiation
import xunge.core.Instant
import xunge.core.Language
import xunge.core.Light
import xunge.core.LimitUnit
import xunge.core.PhotoPurpose
import xunge.core.PhotoState
import xunge.core.PrivateDelivery
import xunge.core.Role
import xunge.core.SetAsideOutcome
import xunge.core.Severity
import xunge.core.StepName
import xunge.core.TaskKind
import xunge.core.TimeName
import xunge.ui.signs.Sign
import xunge.ui.signs.sign
import xunge.ui.state.TaskStanding
import xunge.ui.words.Named
import xunge.ui.words.Word
import xunge.ui.words.ago
import xunge.ui.words.distance
import xunge.ui.words.duration
import xunge.ui.words.moment
import xunge.ui.words.named
import xunge.ui.words.startOf
import xunge.ui.words.sized
import xunge.ui.words.dayOf
import xunge.ui.words.dayNamed
import xunge.ui.words.OwnWord
import xunge.ui.signs.takenBackSign

class WordsTest {
    private val places = Regex("%[0-9]")

    @Test
    fun `every text stands in both languages, with the same places to fill`() {
        for (word in Word.entries + OwnWord.entries) {
            assertTrue(word.zh.isNotBlank() && word.en.isNotBlank(), word.name)
            assertEquals(places.findAll(word.zh).map { it.value }.toSet(), places.findAll(word.en).map { it.value }.toSet(), word.name)
        }
    }

    @Test
    fun `what is filled in stands where the language wants it`() {
        assertEquals("8 项未送达，其中照片文件 5 个", Word.HOME_UNSENT_PHOTOS.of(Language.CHINESE, 8, 5))
        assertEquals("8 not delivered, 5 of them photo files", Word.HOME_UNSENT_PHOTOS.of(Language.ENGLISH, 8, 5))
        assertEquals("进度 60%", Word.FACT_PERCENT.of(Language.CHINESE, 60))
    }

    @Test
    fun `every name of the domain has words of its own in both languages`() {
        distinct(CaseState.entries.map { it.named })
        distinct(PhotoState.entries.map { it.named })
        distinct(PhotoPurpose.entries.map { it.named })
        distinct(Severity.entries.map { it.named })
        distinct(DeclineCause.entries.map { it.named })
        distinct(DutyDelivery.entries.map { it.named })
        distinct(PrivateDelivery.entries.map { it.named })
        distinct(Role.entries.map { it.named })
        distinct(ActionName.entries.map { it.named })
        distinct(CheckinState.entries.map { it.named })
        distinct(Initiation.entries.map { it.named })
        distinct(StepName.entries.map { it.named })
        distinct(TimeName.entries.map { it.named })
        distinct(LimitUnit.entries.map { it.named })
        distinct(ClassReason.entries.map { it.named })
    }

    @Test
    fun `every state has words, a colour and a shape, and no two states look alike`() {
        apart(CaseState.entries.map { it.sign })
        apart(PhotoState.entries.map { it.sign })
        apart(CheckinState.entries.map { it.sign })
        apart(Severity.entries.map { it.sign })
        apart(Light.entries.map { it.sign })
        apart(ClockState.entries.map { it.sign })
        apart(TaskKind.entries.map { it.sign })
        apart(TaskStanding.entries.map { it.sign })
        apart(SetAsideOutcome.entries.map { it.sign })
        apart(DutyDelivery.entries.map { it.sign } + DutyDelivery.entries.map { it.takenBackSign })
        apart(PrivateDelivery.entries.map { it.sign })
        apart(listOf(Delivery.OnDevice, Delivery.Sending(2, 5), Delivery.Received).map { it.sign })
    }

    @Test
    fun `received is never said of what is on its way`() {
        val received = Delivery.Received.sign
        for (delivery in listOf(Delivery.OnDevice, Delivery.Sending(0, 5), Delivery.Sending(4, 5))) {
            assertFalse(delivery.sign.tone == received.tone || delivery.sign.named == received.named)
        }
        assertEquals("上传中 2/5", Delivery.Sending(2, 5).sign.named.zh)
    }

    @Test
    fun `times are said in the time of the country`() {
        val now = Instant(1_783_045_440_000)
        assertEquals("07-03 10:24", moment(now, now))
        assertEquals("2025-12-31 23:59", moment(Instant(1_767_196_740_000), now))
        assertEquals("刚刚", ago(Instant(now.millis + 5_000), now, Language.CHINESE))
        assertEquals("38 分钟前", ago(Samples.before(38), now, Language.CHINESE))
        assertEquals("5 h ago", ago(Samples.before(300), now, Language.ENGLISH))
        assertEquals("07-02 22:24", ago(Samples.before(720), now, Language.CHINESE))
        assertEquals("30 分钟", duration(-30 * 60_000L, Language.CHINESE))
        assertEquals("07-03 周五", dayNamed(dayOf(now), Language.CHINESE))
        assertEquals(dayOf(now), dayOf(startOf(dayOf(now))))
        assertEquals("2026-07-02", dayOf(Instant(startOf(dayOf(now)).millis - 1)).toString())
        assertEquals(listOf("999 bytes", "98 KB", "1.0 MB", "1.2 GB"), listOf(999L, 100_000, 1_048_576, 1_310_000_000).map { sized(it, Language.ENGLISH) })
        assertEquals("950 米", distance(949.6, Language.CHINESE))
        assertEquals("1.5 km", distance(1_460.0, Language.ENGLISH))
        assertEquals("47 小时", duration(47 * 3_600_000L, Language.CHINESE))
    }

    private fun distinct(names: List<Named>) {
        for (name in names) assertTrue(name.zh.isNotBlank() && name.en.isNotBlank(), name.toString())
        assertEquals(names.size, names.map { it.zh }.toSet().size, names.toString())
        assertEquals(names.size, names.map { it.en }.toSet().size, names.toString())
    }

    private fun apart(signs: List<Sign>) {
        distinct(signs.map { it.named })
        assertEquals(signs.size, signs.map { it.tone to it.shape }.toSet().size, signs.toString())
    }
}
