package xunge.core

/** A unit grid 单元网格 by its 15 digits. */
@JvmInline value class UnitGridCode(val text: String)

/** A component 部件 by its 16 digits. */
@JvmInline value class ComponentCode(val text: String)

/** What is around the place of a draft, as far as this device knows. Decides nothing. */
data class Around(
    /** Nothing while there is no fix. */
    val point: Point?,
    /** The unit grids it may lie in, the likeliest first. One: the fix is good enough. None: no known grid is here. */
    val grids: List<GridOffer> = emptyList(),
    /** The likeliest first. */
    val classes: List<ClassOffer> = emptyList(),
    /** The nearest first: of the class chosen, before that the nearest of each class. */
    val components: List<NearComponent> = emptyList(),
    /** Cases that are probably the same matter, the likeliest first. */
    val duplicates: List<LikelyDuplicate> = emptyList(),
)

/** @property share how much of the fix's circle lies in it, 0 to 1. */
data class GridOffer(val code: UnitGridCode, val name: String, val share: Double)

/** A minor class to pick, by its code. */
data class ClassOffer(
    val code: String,
    val why: ClassReason,
    /** How far the component is that speaks for it. */
    val metres: Int?,
)

enum class ClassReason { COMPONENT_HERE, USED_LATELY }

data class NearComponent(
    val code: ComponentCode,
    /** Code of its minor class. */
    val classCode: String,
    /** May be empty. */
    val name: String,
    val point: Point,
    val metres: Double,
    /** The body that maintains it. */
    val maintainer: String,
)

/** A case that is probably the same matter. A hint: what is reported nevertheless is a case either way. */
data class LikelyDuplicate(
    val case: DocumentId,
    val localCode: String,
    val title: String,
    val className: String,
    val state: CaseState,
    val metres: Int,
    val reportedAt: Instant,
    val thumb: PhotoHash?,
    /** Why, in both languages. */
    val zh: String,
    val en: String,
)

/** Where a phrase 常用语 is offered. */
enum class PhraseUse { REPORT, FEEDBACK, CHECK, OPINION }
