package xunge.desktop

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import xunge.bindings.Hub
import xunge.bindings.network
import xunge.bindings.picture
import xunge.core.CaseState
import xunge.core.DocumentId
import xunge.core.Fix
import xunge.core.Instant
import xunge.core.PhotoPurpose
import xunge.core.Point
import xunge.core.SyncOutcome
import xunge.core.TakenPhoto

private val CORNER = Point(longitudeE7 = 1_137_861_000, latitudeE7 = 347_552_000)

/** A case of the demo city's first worker, as [FieldAppTest] reports one on the screens. */
fun reported(hub: Hub, folder: Path, title: String): String {
    val core = openCore(dataFolder(folder))
    core.enrol(hub.url, hub.enrolmentCode, network())
    val fix = Fix(CORNER, 6, "gps", Instant(System.currentTimeMillis()))
    val draft = core.beginDraft(TakenPhoto(picture(1), PhotoPurpose.FOUND, listOf(fix)))
    val road = core.classes().first { it.zh == "路面破损" }
    core.saveDraft(core.pickClass(draft.id, road.code).copy(title = title))
    val case = core.report(draft.id)
    assertEquals(SyncOutcome.Done, core.sync(network()))
    assertEquals(CaseState.REPORTED, core.case(DocumentId(case.text)).state)
    core.shutDown()
    return case.text
}
