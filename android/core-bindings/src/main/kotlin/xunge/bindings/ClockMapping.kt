package xunge.bindings

import uniffi.xunge_mobile.ClockView
import uniffi.xunge_mobile.Light as CoreLight
import xunge.core.CaseClock
import xunge.core.ClockState
import xunge.core.Instant
import xunge.core.Light

/** The clock of the whole disposal, by the core's name for it. */
private const val OVERALL = "disposal"

internal fun ClockView.own() =
    CaseClock(
        overall = kind == OVERALL,
        zh = zh,
        en = en,
        turn = turn.toInt(),
        state = state?.let { state -> ClockState.entries.firstOrNull { it.name.equals(state, ignoreCase = true) } },
        since = since?.let(::Instant),
        due = due?.let(::Instant),
        light = light?.own(),
        usedPercent = usedPercent,
        explainedZh = explainedZh,
        explainedEn = explainedEn,
    )

internal fun CoreLight.own(): Light =
    when (this) {
        CoreLight.GREEN -> Light.GREEN
        CoreLight.YELLOW -> Light.YELLOW
        CoreLight.RED -> Light.RED
    }
