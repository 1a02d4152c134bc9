package xunge.platform.background

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.util.ReflectionHelpers
import xunge.core.Instant
import xunge.core.NotEnrolledProblem
import xunge.core.Reason
import xunge.core.SyncOutcome
import xunge.platform.PhoneTest
import xunge.platform.askedOver
import xunge.ui.state.BackgroundStanding
import xunge.ui.state.JobRun

class SyncJobTest : PhoneTest() {
    private val scheduler by lazy { process.getSystemService(JobScheduler::class.java)!! }
    private val job by lazy { Robolectric.buildService(SyncJob::class.java).create().get() }
    private val parameters: JobParameters = ReflectionHelpers.callConstructor(JobParameters::class.java)

    private fun last() = (process.journal.standing as BackgroundStanding.Ran).last

    @Test
    fun `the scheduler is asked once, for any network, and over restarts of the phone`() {
        assertEquals(BackgroundStanding.NotScheduled, process.journal.standing)
        SyncJob.schedule(process, process.journal)
        val asked = scheduler.allPendingJobs.single()
        assertTrue(asked.isPersisted && asked.isPeriodic)
        assertEquals(JobInfo.NETWORK_TYPE_ANY, asked.networkType)
        assertEquals(SyncJob::class.java.name, asked.service.className)
        val since = process.clock.now()
        process.clock.goOn(3_600_000)
        SyncJob.schedule(process, process.journal)
        assertTrue("asked anew, its wait begins anew", scheduler.allPendingJobs.single() === asked)
        assertEquals(BackgroundStanding.NeverRan(since), process.journal.standing)
    }

    @Test
    fun `a run notes that it began, and how it ended`() {
        val began = process.clock.now()
        assertTrue(job.onStartJob(parameters))
        assertEquals(BackgroundStanding.Ran(1, JobRun(began, null, null)), process.journal.standing)
        process.clock.goOn(2_000)
        process.threads.letGo()
        assertEquals(JobRun(began, Instant(began.millis + 2_000), "done"), last())
        assertTrue(shadowOf(job).isJobFinished)
        assertEquals(false, shadowOf(job).isRescheduleNeeded)
    }

    @Test
    fun `a round is told what the network costs when it begins`() {
        for (metered in listOf(true, false)) {
            process.metered = metered
            job.onStartJob(parameters)
            process.threads.letGo()
        }
        assertEquals(listOf(true, false), process.fakeCore.metered)
    }

    @Test
    fun `a round that did not come through is asked for again`() {
        process.fakeCore.round = { SyncOutcome.Later(1_000, null) }
        job.onStartJob(parameters)
        process.threads.letGo()
        assertEquals("later", last().outcome)
        assertTrue(shadowOf(job).isRescheduleNeeded)
    }

    @Test
    fun `what went wrong is noted by its code`() {
        process.fakeCore.round = { SyncOutcome.Refused(Reason("device_unknown", "不认识", "unknown")) }
        job.onStartJob(parameters)
        process.threads.letGo()
        assertEquals("device_unknown", last().outcome)
        process.fakeCore.round = { throw NotEnrolledProblem("not_enrolled", "未登记", "not enrolled") }
        job.onStartJob(parameters)
        process.threads.letGo()
        assertEquals("not_enrolled", last().outcome)
        assertEquals(2, (process.journal.standing as BackgroundStanding.Ran).times)
    }

    @Test
    fun `a run that the phone kills has begun and never ended`() {
        job.onStartJob(parameters)
        val afterwards = SyncJournal(process, process.clock).standing as BackgroundStanding.Ran
        assertNull(afterwards.last.endedAt)
    }

    @Test
    fun `a stopped job reaches nobody any more, and its note is not overwritten`() {
        process.fakeCore.round = ::askedOver
        assertTrue(job.onStartJob(parameters))
        assertTrue("again when there is time", job.onStopJob(parameters))
        process.threads.letGo()
        assertEquals(0, process.reached)
        assertEquals("stopped", last().outcome)
        assertEquals(false, shadowOf(job).isJobFinished)
        job.onStartJob(parameters)
        process.threads.letGo()
        assertEquals(1 to "done", process.reached to last().outcome)
    }
}
