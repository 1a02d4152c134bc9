package xunge.bindings

import java.nio.Buffer
import java.nio.ByteBuffer
import uniffi.xunge_mobile.ClassView
import uniffi.xunge_mobile.DraftContent
import uniffi.xunge_mobile.DraftView
import uniffi.xunge_mobile.PhotoDetails
import uniffi.xunge_mobile.Fix as CoreFix
import uniffi.xunge_mobile.Point as CorePoint
import xunge.core.CaseClass
import xunge.core.ComponentCode
import xunge.core.DocumentId
import xunge.core.Draft
import xunge.core.DraftId
import xunge.core.DraftPhoto
import xunge.core.Fix
import xunge.core.Instant
import xunge.core.PhotoHash
import xunge.core.Point
import xunge.core.TakenPhoto
import xunge.core.UnitGridCode

internal fun CorePoint.own() = Point(longitudeE7, latitudeE7)

internal fun Point.core() = CorePoint(longitudeE7, latitudeE7)

internal fun CoreFix.own() = Fix(point.own(), accuracyMetres?.toInt(), provider, Instant(at), mock)

internal fun Fix.core() = CoreFix(point.core(), accuracyMetres?.coerceAtLeast(0)?.toUInt(), provider, at.millis, mock)

internal fun DraftView.own() =
    Draft(
        id = DraftId(id),
        updatedAt = Instant(updatedAt),
        classCode = content.`class`,
        title = content.title,
        description = content.description,
        address = content.address,
        point = content.point?.own(),
        fixes = content.fixes.map { it.own() },
        severity = content.severity.own(),
        hazards = content.hazards,
        noGridReason = content.noGridReason,
        photos = content.photos.map { DraftPhoto(PhotoHash(it.original.sha256), it.purpose.own(), it.caption) },
        unitGrid = content.unitGrid?.let(::UnitGridCode),
        component = content.component?.let(::ComponentCode),
        possibleDuplicateOf = content.possibleDuplicateOf?.let(::DocumentId),
    )

/** What the form changed, over what is stored: photos, and what is picked by itself, stay as they are. */
internal fun DraftContent.with(draft: Draft): DraftContent =
    copy(
        `class` = draft.classCode,
        title = draft.title,
        description = draft.description,
        address = draft.address,
        point = draft.point?.core(),
        fixes = draft.fixes.map { it.core() },
        severity = draft.severity.core(),
        hazards = draft.hazards,
        noGridReason = draft.noGridReason,
    )

internal fun ClassView.own() = CaseClass(code, majorZh, zh, en, selfHandled)

internal fun TakenPhoto.details() =
    PhotoDetails(purpose = purpose.core(), caption = caption, point = point?.core(), fixes = fixes.map { it.core() })

/** Bytes go in through a direct buffer: the core reads them where they lie. */
internal fun TakenPhoto.direct(): ByteBuffer = jpeg.direct()

internal fun ByteArray.direct(): ByteBuffer {
    val buffer = ByteBuffer.allocateDirect(size).put(this)
    // Of the plain buffer: Android 8 does not have the other.
    (buffer as Buffer).flip()
    return buffer
}
