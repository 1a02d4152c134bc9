package xunge.core

/** What is asked for on site, with what it needs. The other verbs belong to a desk. */
sealed interface CaseAct {
    /** 核实: whether it is so; nothing when it cannot be said. With a photo of one's own. */
    data class Verify(val result: Boolean?, val note: String) : CaseAct

    /** 核查: whether it was put right. With a photo of one's own. */
    data class Check(val passed: Boolean, val note: String) : CaseAct

    /** 联合核查: the cause as a body sees it on site, and how long the works may take. With a photo, near the point. */
    data class JointSurvey(val cause: String, val estimate: Limit?) : CaseAct

    /** 接收. */
    data object Claim : CaseAct

    /** 反馈: it is done. With a photo after the works, near the point. */
    data class Feedback(val note: String) : CaseAct
}
