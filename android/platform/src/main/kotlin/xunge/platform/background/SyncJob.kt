package xunge.platform.background

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import xunge.core.Problem
import xunge.core.SyncOutcome
import xunge.platform.core.FieldApplication
import xunge.platform.link.StoppableLink
import xunge.platform.service

private const val JOB = 1

/** The shortest that the system grants. */
private const val EVERY_MILLIS = 15 * 60 * 1000L

/**
 * A round of sync when the system finds the time. A hint only: correctness never depends on it, and the journal says
 * whether it ever happened.
 */
class SyncJob : JobService() {
    private var link: StoppableLink? = null

    override fun onStartJob(parameters: JobParameters): Boolean {
        val process = (application as FieldApplication).process
        process.journal.began()
        val link = StoppableLink(process.link)
        this.link = link
        val work = {
            process.core.setMetered(process.isMetered())
            process.core.sync(link)
        }
        process.threads.runBeside(work) { result ->
            // One that was stopped is over for the system, and its note is written.
            if (this.link === link) {
                this.link = null
                process.journal.ended(noteOf(result))
                jobFinished(parameters, result.getOrNull() is SyncOutcome.Later)
            }
        }
        return true
    }

    override fun onStopJob(parameters: JobParameters): Boolean {
        link?.stop()
        link = null
        (application as FieldApplication).process.journal.ended("stopped")
        return true
    }

    private fun noteOf(result: Result<SyncOutcome>): String =
        result.fold({ outcome ->
            when (outcome) {
                SyncOutcome.Done -> "done"
                is SyncOutcome.Later -> "later"
                is SyncOutcome.Refused -> outcome.why.code
                SyncOutcome.Revoked -> "revoked"
            }
        }) { failure -> (failure as? Problem ?: throw failure).code }

    companion object {
        /** Asks the scheduler, unless it is asked already: asking anew would begin the wait anew. */
        fun schedule(context: Context, journal: SyncJournal) {
            val scheduler = context.service<JobScheduler>()
            if (scheduler.getPendingJob(JOB) != null) return
            val job =
                JobInfo.Builder(JOB, ComponentName(context, SyncJob::class.java))
                    .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                    .setPeriodic(EVERY_MILLIS)
                    .setPersisted(true)
                    .build()
            if (scheduler.schedule(job) == JobScheduler.RESULT_SUCCESS) journal.scheduled()
        }
    }
}
