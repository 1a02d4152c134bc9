package xunge.ui.state

import xunge.core.CaseClass
import xunge.core.ClassOffer

/** So many classes are offered before one has to be looked for. */
const val LIKELY_MAX = 8

/** A class to touch, and why it is offered; nothing where only the table says so. */
data class LikelyClass(val each: CaseClass, val offer: ClassOffer?)

/**
 * The classes to offer first: those that the core offers of this place, then the first of the table, so that there is
 * something to touch on the first day as well.
 */
fun likelyClasses(classes: List<CaseClass>, offers: List<ClassOffer>): List<LikelyClass> {
    val byCode = classes.associateBy { it.code }
    val offered = offers.mapNotNull { offer -> byCode[offer.code]?.let { LikelyClass(it, offer) } }
    val others = classes.filter { each -> offered.none { it.each == each } }.map { LikelyClass(it, null) }
    return (offered + others).take(LIKELY_MAX)
}

/** The classes whose name, or whose major class, holds this. */
fun findClasses(classes: List<CaseClass>, text: String): List<CaseClass> {
    val wanted = text.trim()
    if (wanted.isEmpty()) return classes
    return classes.filter { wanted in it.zh || wanted in it.majorZh || it.en.contains(wanted, ignoreCase = true) || it.code == wanted }
}
