package xunge.ui

import java.nio.file.Path
import kotlin.io.path.readText
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import xunge.core.ActionName
import xunge.core.CaseState
import xunge.core.CheckinState
import xunge.core.DeclineCause
import xunge.core.DutyDelivery
import xunge.core.ClassReason
import xunge.core.Initiation
import xunge.core.Light
import xunge.core.LimitUnit
import xunge.core.PhotoPurpose
import xunge.core.PhotoState
import xunge.core.PrivateDelivery
import xunge.core.Role
import xunge.core.Severity
import xunge.core.StepName
import xunge.core.TaskKind
import xunge.core.TimeName
import xunge.ui.words.Named
import xunge.ui.words.named

/** The Chinese words on the phone are those of the core, which the hub's pages use too: compared with its source, name by name. */
class SameWordsTest {
    private val arm = Regex("""Self::(\w+) => "([^"]*[\u4e00-\u9fff][^"]*)"""")
    private val verb = Regex("""^ {4}(\w+) "\w+" "([^"]+)";""", RegexOption.MULTILINE)

    @Test
    fun `a state is called the same on the phone and on the hub`() {
        same("core/domain/src/case/state.rs", CaseState.entries.associate { it.name to it.named })
        same("core/domain/src/checkin/state.rs", CheckinState.entries.associate { it.name to it.named })
        same("core/field/src/views.rs", PhotoState.entries.associate { it.name to it.named })
    }

    @Test
    fun `everything else is called the same, too`() {
        same("core/domain/src/case/action_name.rs", ActionName.entries.associate { it.name to it.named }, verb)
        same("core/domain/src/case/entry.rs", PhotoPurpose.entries.associate { it.name to it.named })
        same("core/domain/src/case/facts.rs", Severity.entries.associate { it.name to it.named })
        same("core/domain/src/checkin/step_name.rs", StepName.entries.associate { it.name to it.named })
        same("core/domain/src/checkin/subject.rs", Initiation.entries.associate { it.name to it.named })
        same("core/domain/src/checkin/times.rs", TimeName.entries.associate { it.name to it.named })
        same("core/domain/src/class.rs", LimitUnit.entries.associate { it.name to it.named })
        same("core/domain/src/working_time/light.rs", Light.entries.associate { it.name to it.named })
        same("core/domain/src/task/kind.rs", TaskKind.entries.associate { it.name to it.named })
        same("core/domain/src/duty/cause.rs", DeclineCause.entries.associate { it.name to it.named })
        same("core/field/src/duty/list.rs", DutyDelivery.entries.associate { it.name to it.named })
        same("core/field/src/private/list.rs", PrivateDelivery.entries.associate { it.name to it.named })
        same("core/field/src/capture/views.rs", ClassReason.entries.associate { it.name to it.named })
        same("core/domain/src/person.rs", Role.entries.associate { it.name to it.named })
    }

    private fun same(source: String, ours: Map<String, Named>, pattern: Regex = arm) {
        val text = Path.of("../..").resolve(source).readText()
        val core = pattern.findAll(text).associate { snake(it.groupValues[1]) to it.groupValues[2] }
        assertEquals(core.filterKeys { it in ours }, ours.mapValues { it.value.zh }, source)
    }

    private fun snake(name: String): String = name.replace(Regex("(?<=[a-z])(?=[A-Z])"), "_").uppercase()
}
