package xunge.bindings

import uniffi.xunge_mobile.FieldException
import xunge.core.DeclinedProblem
import xunge.core.KeyProblem
import xunge.core.LinkProblem
import xunge.core.NotEnrolledProblem
import xunge.core.NotFoundProblem
import xunge.core.PhotoProblem
import xunge.core.Problem
import xunge.core.StoreProblem

/** Runs a call of the core; a failure becomes one of ours. */
internal fun <Answer> asked(work: () -> Answer): Answer =
    try {
        work()
    } catch (failure: FieldException) {
        throw when (failure) {
            is FieldException.Failed -> problem(failure.code, failure.zh, failure.en)
        }
    }

private val LINK = setOf("no_network", "wrong_certificate", "foreign_answer", "link_cut", "server_trouble")

/** The kind of a problem by its code. A code of later versions is a refusal with its own words. */
internal fun problem(code: String, zh: String, en: String): Problem =
    when {
        code == "not_enrolled" -> NotEnrolledProblem(code, zh, en)
        code == "device_key" || code.startsWith("store_key") -> KeyProblem(code, zh, en)
        code == "store_not_found" || code == "not_found" || code == "blob_missing" -> NotFoundProblem(code, zh, en)
        code.startsWith("store_") || code == "blob_damaged" || code == "shut_down" -> StoreProblem(code, zh, en)
        code in LINK -> LinkProblem(code, zh, en)
        // Missing is a rule of the case; the others are about the file.
        code.startsWith("photo_") && code != "photo_missing" -> PhotoProblem(code, zh, en)
        else -> DeclinedProblem(code, zh, en)
    }
