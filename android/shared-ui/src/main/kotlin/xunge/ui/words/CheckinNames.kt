package xunge.ui.words

import xunge.core.CheckinState
import xunge.core.CostBearer
import xunge.core.Initiation
import xunge.core.LimitUnit
import xunge.core.StepName
import xunge.core.TimeName
import xunge.core.WrittenStepKind

val CheckinState.named: Named
    get() =
        when (this) {
            CheckinState.DRAFT -> Named("待裁定", "Awaiting ruling")
            CheckinState.OPENED -> Named("待应答", "Awaiting an answer")
            CheckinState.UNDER_WAY -> Named("进行中", "Under way")
            CheckinState.REFUSED -> Named("未接受", "Refused")
            CheckinState.CLOSED -> Named("已办结", "Closed")
        }

val Initiation.named: Named
    get() =
        when (this) {
            Initiation.VISIT -> Named("走访", "Visit")
            Initiation.JOINT -> Named("会同", "Joint")
            Initiation.WHISTLE -> Named("吹哨", "Whistle")
            Initiation.CO_BUILDING -> Named("共建", "Co-building")
            Initiation.PROJECT_LIST -> Named("项目清单", "Project list")
        }

val StepName.named: Named
    get() =
        when (this) {
            StepName.TALK -> Named("对接座谈", "Talk")
            StepName.SURVEY -> Named("现场踏勘", "Survey")
            StepName.CAUSE -> Named("原因分析", "Cause")
            StepName.SCHEME -> Named("技术方案", "Scheme")
            StepName.CONSULTATION -> Named("会商", "Consultation")
            StepName.CREW_ENTERS -> Named("进场", "Crew enters")
            StepName.WORKS_WINDOW -> Named("施工时段", "Works window")
            StepName.DUTY_ROTA -> Named("现场疏导", "Duty rota")
            StepName.PROGRESS -> Named("进展", "Progress")
            StepName.COMPLETION -> Named("完工", "Completion")
            StepName.RESIDENTS_ANSWER -> Named("居民反馈", "Residents' answer")
            StepName.THANKS -> Named("致谢", "Thanks")
            StepName.FOLLOW_UP -> Named("回访", "Follow-up")
            StepName.AGREEMENT -> Named("共建长效", "Agreement")
            StepName.ARRIVAL -> Named("到场", "Arrival")
        }

val WrittenStepKind.named: Named
    get() =
        when (this) {
            WrittenStepKind.TALK -> StepName.TALK.named
            WrittenStepKind.SURVEY -> StepName.SURVEY.named
            WrittenStepKind.CAUSE -> StepName.CAUSE.named
            WrittenStepKind.PROGRESS -> StepName.PROGRESS.named
            WrittenStepKind.ARRIVAL -> StepName.ARRIVAL.named
        }

val TimeName.named: Named
    get() =
        when (this) {
            TimeName.TABLE_LIMIT -> Named("表定时限", "Table limit")
            TimeName.ESTIMATE -> Named("踏勘预估", "Estimate")
            TimeName.PROMISE -> Named("承诺", "Promise")
            TimeName.ACTUAL -> Named("实际", "Actual")
        }

val LimitUnit.named: Named
    get() =
        when (this) {
            LimitUnit.URGENT_HOUR -> Named("紧急工作时", "urgent hours")
            LimitUnit.WORK_HOUR -> Named("工作时", "work hours")
            LimitUnit.WORK_DAY -> Named("工作日", "work days")
            LimitUnit.NATURAL_DAY -> Named("自然日", "days")
        }

val CostBearer.word: Word
    get() =
        when (this) {
            CostBearer.VOLUNTARY -> Word.COST_VOLUNTARY
            CostBearer.BODY -> Word.COST_BODY
            CostBearer.SHARED -> Word.COST_SHARED
            CostBearer.OPEN -> Word.COST_OPEN
        }
