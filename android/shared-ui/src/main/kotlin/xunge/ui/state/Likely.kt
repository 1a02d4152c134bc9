package xunge.ui.state

import xunge.core.CaseClass
import xunge.core.CaseRow

/** So many classes are offered before one has to be looked for. */
const val LIKELY_MAX = 8

/**
 * The classes to offer first: those of the cases that moved last on this beat, then the first of the table, so that
 * there is something to touch on the first day as well.
 */
fun likelyClasses(classes: List<CaseClass>, recent: List<CaseRow>): List<CaseClass> {
    val byName = classes.associateBy { it.zh }
    val used = recent.mapNotNull { byName[it.className] }
    return (used + classes).distinct().take(LIKELY_MAX)
}

/** The classes whose name, or whose major class, holds this. */
fun findClasses(classes: List<CaseClass>, text: String): List<CaseClass> {
    val wanted = text.trim()
    if (wanted.isEmpty()) return classes
    return classes.filter { wanted in it.zh || wanted in it.majorZh || it.en.contains(wanted, ignoreCase = true) || it.code == wanted }
}
