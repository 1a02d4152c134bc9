package xunge.bindings

import uniffi.xunge_mobile.CheckinState as CoreCheckinState
import uniffi.xunge_mobile.Initiation as CoreInitiation
import uniffi.xunge_mobile.LimitUnit as CoreLimitUnit
import uniffi.xunge_mobile.StepName as CoreStepName
import uniffi.xunge_mobile.TimeName as CoreTimeName
import xunge.core.CheckinState
import xunge.core.Initiation
import xunge.core.LimitUnit
import xunge.core.StepName
import xunge.core.TimeName

// Names of a check-in, one by one: a name that the core gains does not compile until it stands here.

internal fun CoreCheckinState.own(): CheckinState =
    when (this) {
        CoreCheckinState.DRAFT -> CheckinState.DRAFT
        CoreCheckinState.OPENED -> CheckinState.OPENED
        CoreCheckinState.UNDER_WAY -> CheckinState.UNDER_WAY
        CoreCheckinState.REFUSED -> CheckinState.REFUSED
        CoreCheckinState.CLOSED -> CheckinState.CLOSED
    }

internal fun CoreInitiation.own(): Initiation =
    when (this) {
        CoreInitiation.VISIT -> Initiation.VISIT
        CoreInitiation.JOINT -> Initiation.JOINT
        CoreInitiation.WHISTLE -> Initiation.WHISTLE
        CoreInitiation.CO_BUILDING -> Initiation.CO_BUILDING
        CoreInitiation.PROJECT_LIST -> Initiation.PROJECT_LIST
    }

internal fun Initiation.core(): CoreInitiation =
    when (this) {
        Initiation.VISIT -> CoreInitiation.VISIT
        Initiation.JOINT -> CoreInitiation.JOINT
        Initiation.WHISTLE -> CoreInitiation.WHISTLE
        Initiation.CO_BUILDING -> CoreInitiation.CO_BUILDING
        Initiation.PROJECT_LIST -> CoreInitiation.PROJECT_LIST
    }

internal fun CoreStepName.own(): StepName =
    when (this) {
        CoreStepName.TALK -> StepName.TALK
        CoreStepName.SURVEY -> StepName.SURVEY
        CoreStepName.CAUSE -> StepName.CAUSE
        CoreStepName.SCHEME -> StepName.SCHEME
        CoreStepName.CONSULTATION -> StepName.CONSULTATION
        CoreStepName.CREW_ENTERS -> StepName.CREW_ENTERS
        CoreStepName.WORKS_WINDOW -> StepName.WORKS_WINDOW
        CoreStepName.DUTY_ROTA -> StepName.DUTY_ROTA
        CoreStepName.PROGRESS -> StepName.PROGRESS
        CoreStepName.COMPLETION -> StepName.COMPLETION
        CoreStepName.RESIDENTS_ANSWER -> StepName.RESIDENTS_ANSWER
        CoreStepName.THANKS -> StepName.THANKS
        CoreStepName.FOLLOW_UP -> StepName.FOLLOW_UP
        CoreStepName.AGREEMENT -> StepName.AGREEMENT
        CoreStepName.ARRIVAL -> StepName.ARRIVAL
    }

internal fun CoreTimeName.own(): TimeName =
    when (this) {
        CoreTimeName.TABLE_LIMIT -> TimeName.TABLE_LIMIT
        CoreTimeName.ESTIMATE -> TimeName.ESTIMATE
        CoreTimeName.PROMISE -> TimeName.PROMISE
        CoreTimeName.ACTUAL -> TimeName.ACTUAL
    }

internal fun CoreLimitUnit.own(): LimitUnit =
    when (this) {
        CoreLimitUnit.URGENT_HOUR -> LimitUnit.URGENT_HOUR
        CoreLimitUnit.WORK_HOUR -> LimitUnit.WORK_HOUR
        CoreLimitUnit.WORK_DAY -> LimitUnit.WORK_DAY
        CoreLimitUnit.NATURAL_DAY -> LimitUnit.NATURAL_DAY
    }

internal fun LimitUnit.core(): CoreLimitUnit =
    when (this) {
        LimitUnit.URGENT_HOUR -> CoreLimitUnit.URGENT_HOUR
        LimitUnit.WORK_HOUR -> CoreLimitUnit.WORK_HOUR
        LimitUnit.WORK_DAY -> CoreLimitUnit.WORK_DAY
        LimitUnit.NATURAL_DAY -> CoreLimitUnit.NATURAL_DAY
    }
