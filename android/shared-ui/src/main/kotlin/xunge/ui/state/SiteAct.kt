package xunge.ui.state

import xunge.core.ActionName
import xunge.core.CaseAct
import xunge.core.Limit
import xunge.core.LimitUnit
import xunge.core.PhotoPurpose
import xunge.core.PhraseUse
import xunge.core.TakenPhoto

/** The core takes no reason that is shorter. */
private const val REASON_CHARACTERS_MIN = 2

/** What is done on site, which photo it needs and which phrases are offered with it. */
enum class SiteActKind(val action: ActionName, val purpose: PhotoPurpose, val needsPhoto: Boolean, val phrases: PhraseUse) {
    VERIFY(ActionName.VERIFY, PhotoPurpose.VERIFY, true, PhraseUse.CHECK),
    CHECK(ActionName.CHECK, PhotoPurpose.CHECK, true, PhraseUse.CHECK),
    JOINT_SURVEY(ActionName.JOINT_SURVEY, PhotoPurpose.VERIFY, true, PhraseUse.CHECK),
    CLAIM(ActionName.CLAIM, PhotoPurpose.BEFORE, false, PhraseUse.OPINION),
    FEEDBACK(ActionName.FEEDBACK, PhotoPurpose.AFTER, true, PhraseUse.FEEDBACK),
    ;

    companion object {
        /** Nothing, for what is done at a desk. */
        fun of(action: ActionName): SiteActKind? = entries.firstOrNull { it.action == action }
    }
}

/** An answer on site. A verification may say that it cannot be said. */
enum class SiteAnswer { YES, NO, UNCLEAR }

/** Work days that a survey may estimate. */
val ESTIMATES = listOf(1, 2, 3, 5, 10, 20)

/** An act being put together. */
data class SiteAct(
    val kind: SiteActKind,
    val answer: SiteAnswer? = null,
    val note: String = "",
    val photo: TakenPhoto? = null,
    /** Of a survey: how many work days the works may take. */
    val workDays: Int? = null,
) {
    val answers: List<SiteAnswer>
        get() =
            when (kind) {
                SiteActKind.VERIFY -> SiteAnswer.entries
                SiteActKind.CHECK -> listOf(SiteAnswer.YES, SiteAnswer.NO)
                SiteActKind.JOINT_SURVEY, SiteActKind.CLAIM, SiteActKind.FEEDBACK -> emptyList()
            }

    /** What is asked for; nothing while its answer, its words or its photo are missing. */
    val asked: CaseAct?
        get() {
            if (kind.needsPhoto && photo == null) return null
            val words = note.trim()
            return when (kind) {
                SiteActKind.VERIFY ->
                    when (answer) {
                        SiteAnswer.YES -> CaseAct.Verify(true, words)
                        SiteAnswer.NO -> CaseAct.Verify(false, words)
                        SiteAnswer.UNCLEAR -> CaseAct.Verify(null, words)
                        null -> null
                    }
                SiteActKind.CHECK -> answer?.let { CaseAct.Check(it == SiteAnswer.YES, words) }
                SiteActKind.JOINT_SURVEY ->
                    CaseAct.JointSurvey(words, workDays?.let { Limit(it, LimitUnit.WORK_DAY) }).takeIf { words.length >= REASON_CHARACTERS_MIN }
                SiteActKind.CLAIM -> CaseAct.Claim
                SiteActKind.FEEDBACK -> CaseAct.Feedback(words)
            }
        }
}
