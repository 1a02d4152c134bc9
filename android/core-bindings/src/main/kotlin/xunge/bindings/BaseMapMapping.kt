package xunge.bindings

import uniffi.xunge_mobile.BaseMap as CoreBaseMap
import uniffi.xunge_mobile.BaseMapTile as CoreBaseMapTile
import xunge.core.BaseMap
import xunge.core.BaseMapTile
import xunge.core.TileName

internal fun CoreBaseMap.own() =
    BaseMap(
        title = title,
        attribution = attribution,
        bytes = bytes.toLong(),
        bytesHere = bytesHere.toLong(),
        zoomMin = zoomMin.toInt(),
        zoomMax = zoomMax.toInt(),
    )

internal fun CoreBaseMapTile.own() = BaseMapTile(TileName(zoom.toInt(), column.toLong(), row.toLong()), area.own())
