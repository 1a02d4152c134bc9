package xunge.platform

import android.app.Application
import xunge.core.FieldCore
import xunge.core.Language
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.platform.background.SyncJournal
import xunge.platform.core.FieldApplication
import xunge.platform.core.FieldProcess
import xunge.platform.patrol.Patrol
import xunge.ui.state.Watch

/** The application as the parts that the system makes find it. */
class TestProcess : Application(), FieldApplication, FieldProcess {
    override val process: FieldProcess get() = this
    val fakeCore = FakeCore()
    val positions = FakePositions()
    var onNetwork: (() -> Unit)? = null
    var reached = 0

    override val core: FieldCore get() = fakeCore
    override val link = Link { _, _, _ ->
        reached += 1
        LinkAnswer.Answered(200, ByteArray(0))
    }
    override val threads = FakeThreads()
    override val clock = FakeClock()
    override val journal by lazy { SyncJournal(this, clock) }
    override val patrol by lazy {
        Patrol(
            positions,
            threads,
            onNetwork = { sync ->
                onNetwork = sync
                Watch { onNetwork = null }
            },
            core = { core },
            link = { link },
            isMetered = { metered },
        )
    }
    var metered = false

    override fun isMetered(): Boolean = metered

    override val language = Language.CHINESE
}
