package xunge.ui.state

import xunge.core.ActionName
import xunge.core.CaseAct
import xunge.core.PhotoPurpose
import xunge.core.TakenPhoto

/** What is done on site, and which photo it needs. */
enum class SiteActKind(val action: ActionName, val purpose: PhotoPurpose, val needsPhoto: Boolean) {
    VERIFY(ActionName.VERIFY, PhotoPurpose.VERIFY, true),
    CHECK(ActionName.CHECK, PhotoPurpose.CHECK, true),
    CLAIM(ActionName.CLAIM, PhotoPurpose.BEFORE, false),
    FEEDBACK(ActionName.FEEDBACK, PhotoPurpose.AFTER, true),
    ;

    companion object {
        /** Nothing, for what is done at a desk. */
        fun of(action: ActionName): SiteActKind? = entries.firstOrNull { it.action == action }
    }
}

/** An answer on site. A verification may say that it cannot be said. */
enum class SiteAnswer { YES, NO, UNCLEAR }

/** An act being put together. */
data class SiteAct(val kind: SiteActKind, val answer: SiteAnswer? = null, val note: String = "", val photo: TakenPhoto? = null) {
    val answers: List<SiteAnswer>
        get() =
            when (kind) {
                SiteActKind.VERIFY -> SiteAnswer.entries
                SiteActKind.CHECK -> listOf(SiteAnswer.YES, SiteAnswer.NO)
                SiteActKind.CLAIM, SiteActKind.FEEDBACK -> emptyList()
            }

    /** What is asked for; nothing while its answer or its photo is missing. */
    val asked: CaseAct?
        get() {
            if (kind.needsPhoto && photo == null) return null
            return when (kind) {
                SiteActKind.VERIFY ->
                    when (answer) {
                        SiteAnswer.YES -> CaseAct.Verify(true, note.trim())
                        SiteAnswer.NO -> CaseAct.Verify(false, note.trim())
                        SiteAnswer.UNCLEAR -> CaseAct.Verify(null, note.trim())
                        null -> null
                    }
                SiteActKind.CHECK -> answer?.let { CaseAct.Check(it == SiteAnswer.YES, note.trim()) }
                SiteActKind.CLAIM -> CaseAct.Claim
                SiteActKind.FEEDBACK -> CaseAct.Feedback(note.trim())
            }
        }
}
