package xunge.ui.signs

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.graphics.drawscope.scale
import androidx.compose.ui.graphics.vector.PathParser
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp

/** Our own drawings, as lines in a square of 24 by 24. */
enum class Icon(internal val path: String) {
    CAMERA("M4 8h3l2-3h6l2 3h3v11H4z M12 9.5a3.7 3.7 0 1 0 .01 0"),
    TODAY("M5 5h14v15H5z M5 10h14 M9 3v4 M15 3v4 M9 15l2 2l4-4"),
    CASES("M6 3h9l4 4v14H6z M14 3v5h5 M9 12h7 M9 16h7"),
    PEOPLE("M9 5a3 3 0 1 0 .01 0 M3 20c0-4 2.5-6.5 6-6.5s6 2.5 6 6.5 M16 6a2.6 2.6 0 1 1 .5 5 M17.5 14c2.4.6 3.7 2.9 3.7 6"),
    ME("M12 4a4 4 0 1 0 .01 0 M4.5 20.5c0-4.6 3-7.3 7.500-7.300s7.500 2.700 7.500 7.300"),
    BACK("M20 12H4 M11 5l-7 7l7 7"),
    NEXT("M9 5l7 7l-7 7"),
    FIND("M10.500 4a6.500 6.500 0 1 0 .01 0 M15.500 15.500L21 21"),
    CLEAR("M6 6l12 12 M18 6L6 18"),
    SETTINGS("M4 7h9 M17 7h3 M15 5v4 M4 17h3 M11 17h9 M9 15v4 M4 12h5"),
    PLACE("M12 21c-4.500-5-6.500-8.200-6.500-11.200a6.500 6.500 0 1 1 13 0c0 3-2 6.200-6.500 11.200z M12 7.500a2.300 2.300 0 1 0 .01 0"),
    WRITE("M5 19l1-4L16 5l3 3L9 18z M14 7l3 3"),
    SEND("M12 20V5 M5.500 11.500L12 5l6.500 6.500"),
    SHIELD("M12 3l7.500 2.800v5.700c0 4.500-3 7.800-7.500 9.500c-4.500-1.700-7.500-5-7.500-9.500V5.800z M8.500 12l2.500 2.500l4.500-4.700"),
    FLAG("M6 21V4 M6 5h12l-2.500 4L18 13H6"),
    MAP("M3 6l6-2l6 2l6-2v14l-6 2l-6-2l-6 2z M9 4v14 M15 6v14"),
    CLOSER("M12 5v14 M5 12h14"),
    FARTHER("M5 12h14"),
    HERE("M12 5a7 7 0 1 0 .01 0 M12 2v5 M12 17v5 M2 12h5 M17 12h5"),
    MICROPHONE("M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3z M6 11.500a6 6 0 0 0 12 0 M12 17.500V21 M9 21h6"),
    WALK("M13 3.500a1.500 1.500 0 1 0 .01 0 M12.500 8.500L10 14l3.500 2.500V21 M10 14l-3 7 M12.500 8.500l3.500 3.500h3 M12 8.500l-4 1.500l-1.500 3"),
    STOP("M7 7h10v10H7z"),
    CALENDAR("M4 6h16v14H4z M4 10h16 M8 3.500v4 M16 3.500v4"),
    PHOTO_ADD("M4 6h16v13H4z M12 9.500v6 M9 12.500h6"),
}

/** Draws an icon, which grows with the text beside it. Whatever holds it says what it is for. */
@Composable
fun Drawn(icon: Icon, ink: Color, size: Dp = 26.dp) {
    val path = remember(icon) { PathParser().parsePathString(icon.path).toPath() }
    Canvas(Modifier.size(size * LocalDensity.current.fontScale)) {
        val unit = this.size.width / 24f
        scale(unit, unit, pivot = androidx.compose.ui.geometry.Offset.Zero) {
            drawPath(path, ink, style = Stroke(width = 2f, cap = StrokeCap.Round, join = StrokeJoin.Round))
        }
    }
}
