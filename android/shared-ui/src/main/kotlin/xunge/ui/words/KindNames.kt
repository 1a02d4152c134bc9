package xunge.ui.words

import xunge.core.ActionName
import xunge.core.StepName

/** What a piece of refused work was, by the core's name for it. A name of later versions is shown as it is. */
fun kindNamed(kind: String): Named {
    val action = ActionName.entries.firstOrNull { it.name.equals(kind, ignoreCase = true) }
    val step = StepName.entries.firstOrNull { it.name.equals(kind, ignoreCase = true) }
    return action?.named
        ?: step?.named
        ?: when (kind) {
            "photo" -> Named("照片", "Photo")
            "comment" -> Named("留言", "Comment")
            "hazard" -> Named("隐患", "Hazard")
            "description" -> Named("情况说明", "Description")
            "address" -> Named("地点", "Place")
            "class" -> Named("类别", "Class")
            "open" -> Named("发起报到", "Open a check-in")
            "answer" -> Named("应答", "Answer")
            else -> Named(kind, kind)
        }
}
