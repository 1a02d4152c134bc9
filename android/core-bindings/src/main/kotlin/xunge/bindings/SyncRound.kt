package xunge.bindings

import uniffi.xunge_mobile.FieldApp
import uniffi.xunge_mobile.HttpAnswer
import uniffi.xunge_mobile.HttpRequest
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.LinkRequest
import xunge.core.SyncOutcome
import xunge.core.SyncStatus
import uniffi.xunge_mobile.SyncStatus as CoreSyncStatus

/** More than a round of a whole beat takes; a round that needs more goes on with the next one. */
private const val REQUESTS_MAX = 2_000

internal fun CoreSyncStatus.own() =
    SyncStatus(
        textsUnsent = textsUnsent.toLong(),
        photoFilesUnsent = photoFilesUnsent.toLong(),
        failures = failures.toInt(),
        setAside = setAside.map { it.own() },
        comparedAt = comparedAt?.let { xunge.core.Instant(it) },
        differs = differs,
        logContradicted = logContradicted,
        photoFilesHeldBack = photoFilesHeldBack.toLong(),
        baseMapProblem = baseMapProblem?.own(),
    )

/** Runs requests over the link until the core has none left, or something stops it. */
internal fun FieldApp.syncRound(link: Link, onProgress: (SyncStatus) -> Unit): SyncOutcome {
    startSync()
    repeat(REQUESTS_MAX) {
        val request = nextRequest() ?: return SyncOutcome.Done
        val server = serverUrl() ?: return SyncOutcome.Done
        val step = onAnswer(link.perform(server, serverPin(), request.own()).core())
        step.revoked?.let { return SyncOutcome.Revoked }
        step.refused?.let { return SyncOutcome.Refused(it.own()) }
        step.retryAfterMillis?.let { return SyncOutcome.Later(it.toLong(), step.problem?.own()) }
        onProgress(syncStatus().own())
    }
    return SyncOutcome.Later(0, null)
}

internal fun HttpRequest.own() = LinkRequest(method.name, path, headers, body)

internal fun LinkAnswer.core(): HttpAnswer =
    when (this) {
        is LinkAnswer.Answered -> HttpAnswer.Answered(status.toUShort(), body)
        LinkAnswer.Unreachable -> HttpAnswer.Unreachable
        LinkAnswer.WrongCertificate -> HttpAnswer.WrongCertificate
    }
