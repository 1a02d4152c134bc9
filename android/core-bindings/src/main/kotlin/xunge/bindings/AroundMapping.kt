package xunge.bindings

import uniffi.xunge_mobile.AroundView
import uniffi.xunge_mobile.DuplicateOffer
import uniffi.xunge_mobile.MapView
import uniffi.xunge_mobile.NearComponentView
import uniffi.xunge_mobile.TaskView
import uniffi.xunge_mobile.Bounds as CoreBounds
import uniffi.xunge_mobile.ClassReason as CoreClassReason
import uniffi.xunge_mobile.PhraseUse as CorePhraseUse
import uniffi.xunge_mobile.TaskKind as CoreTaskKind
import xunge.core.Around
import xunge.core.BeatMap
import xunge.core.Bounds
import xunge.core.ClassOffer
import xunge.core.ClassReason
import xunge.core.ComponentCode
import xunge.core.DocumentId
import xunge.core.GridOffer
import xunge.core.Instant
import xunge.core.LikelyDuplicate
import xunge.core.MapComponent
import xunge.core.MapGrid
import xunge.core.NearComponent
import xunge.core.PhotoHash
import xunge.core.PhraseUse
import xunge.core.Task
import xunge.core.TaskKind
import xunge.core.UnitGridCode

internal fun AroundView.own() =
    Around(
        point = point?.own(),
        grids = grids.map { GridOffer(UnitGridCode(it.code), it.name, it.share) },
        classes = classes.map { ClassOffer(it.code, it.why.own(), it.metres?.toInt()) },
        components = components.map { it.own() },
        duplicates = duplicates.map { it.own() },
    )

private fun CoreClassReason.own(): ClassReason =
    when (this) {
        CoreClassReason.COMPONENT_HERE -> ClassReason.COMPONENT_HERE
        CoreClassReason.USED_LATELY -> ClassReason.USED_LATELY
    }

private fun NearComponentView.own() =
    NearComponent(
        code = ComponentCode(code),
        classCode = `class`,
        name = name,
        point = point.own(),
        metres = metres,
        maintainer = maintainer,
    )

private fun DuplicateOffer.own() =
    LikelyDuplicate(
        case = DocumentId(case),
        localCode = localCode,
        title = title,
        className = `class`,
        state = state.own(),
        metres = metres.toInt(),
        reportedAt = Instant(reportedAt),
        thumb = thumb?.let(::PhotoHash),
        zh = zh,
        en = en,
    )

internal fun PhraseUse.core(): CorePhraseUse =
    when (this) {
        PhraseUse.REPORT -> CorePhraseUse.REPORT
        PhraseUse.FEEDBACK -> CorePhraseUse.FEEDBACK
        PhraseUse.CHECK -> CorePhraseUse.CHECK
        PhraseUse.OPINION -> CorePhraseUse.OPINION
    }

internal fun TaskView.own() =
    Task(
        case = DocumentId(case),
        localCode = localCode,
        title = title,
        address = address,
        point = point?.own(),
        kind = kind.own(),
        deliveredAt = Instant(deliveredAt),
        dueAt = Instant(dueAt),
        overdue = overdue,
        answered = answered,
        declined = declined?.own(),
    )

private fun CoreTaskKind.own(): TaskKind =
    when (this) {
        CoreTaskKind.VERIFY -> TaskKind.VERIFY
        CoreTaskKind.CHECK -> TaskKind.CHECK
    }

internal fun Bounds.core() = CoreBounds(southWest.core(), northEast.core())

internal fun CoreBounds.own() = Bounds(southWest.own(), northEast.own())

internal fun MapView.own() =
    BeatMap(
        area = area?.own(),
        grids = grids.map { grid -> MapGrid(UnitGridCode(grid.code), grid.name, grid.corners.map { it.own() }) },
        components = components.map { MapComponent(ComponentCode(it.code), it.`class`, it.name, it.point.own()) },
        componentsLeftOut = componentsLeftOut.toLong(),
        cases = cases.map { it.own() },
    )
