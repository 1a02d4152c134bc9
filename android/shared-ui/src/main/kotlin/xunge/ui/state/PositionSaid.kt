package xunge.ui.state

import xunge.core.Fix

/** A fix within so many metres is good enough not to ask about it. */
private const val GOOD_METRES = 30

/** How good a position is. */
sealed interface PositionSaid {
    data object Waiting : PositionSaid

    data class Good(val metres: Int) : PositionSaid

    data class Weak(val metres: Int) : PositionSaid

    data object Unsaid : PositionSaid

    companion object {
        fun of(best: Fix?): PositionSaid {
            val metres = best?.accuracyMetres
            return when {
                best == null -> Waiting
                metres == null -> Unsaid
                metres <= GOOD_METRES -> Good(metres)
                else -> Weak(metres)
            }
        }
    }
}
