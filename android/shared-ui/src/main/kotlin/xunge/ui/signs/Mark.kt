package xunge.ui.signs

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Fill
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp

/** The outline of a sign, drawn in a square of ten by ten; it grows with the text beside it. */
@Composable
fun Mark(shape: Shape, ink: Color, size: Dp = 18.dp) {
    Canvas(Modifier.size(size * LocalDensity.current.fontScale)) { draw(shape, ink, this.size.width) }
}

/** The same from the corner where one draws, in a square of this side. */
internal fun DrawScope.draw(shape: Shape, ink: Color, side: Float) {
    val unit = side / 10f
    val stroke = Stroke(width = 1.6f * unit, cap = StrokeCap.Round, join = StrokeJoin.Round)

    fun line(vararg points: Float) {
        val path = Path()
        path.moveTo(points[0] * unit, points[1] * unit)
        for (at in 2 until points.size step 2) path.lineTo(points[at] * unit, points[at + 1] * unit)
        drawPath(path, ink, style = stroke)
    }

    fun area(filled: Boolean, vararg points: Float) {
        val path = Path()
        path.moveTo(points[0] * unit, points[1] * unit)
        for (at in 2 until points.size step 2) path.lineTo(points[at] * unit, points[at + 1] * unit)
        path.close()
        drawPath(path, ink, style = if (filled) Fill else stroke)
    }

    fun circle(x: Float, y: Float, radius: Float, filled: Boolean) =
        drawCircle(ink, radius * unit, Offset(x * unit, y * unit), style = if (filled) Fill else stroke)

    when (shape) {
        Shape.DOTS -> for (x in listOf(1.8f, 5f, 8.2f)) circle(x, 5f, 1.15f, true)
        Shape.UP -> {
            line(5f, 9f, 5f, 1.5f)
            line(1.8f, 4.7f, 5f, 1.5f, 8.2f, 4.7f)
        }
        Shape.RIGHT -> {
            line(1f, 5f, 8.5f, 5f)
            line(5.3f, 1.8f, 8.5f, 5f, 5.3f, 8.2f)
        }
        Shape.LEFT -> {
            line(9f, 5f, 1.5f, 5f)
            line(4.7f, 1.8f, 1.5f, 5f, 4.7f, 8.2f)
        }
        Shape.LENS -> {
            circle(4.3f, 4.3f, 2.9f, false)
            line(6.6f, 6.6f, 9f, 9f)
        }
        Shape.HALF -> {
            circle(5f, 5f, 3.9f, false)
            drawArc(ink, 90f, 180f, true, Offset(1.1f * unit, 1.1f * unit), Size(7.8f * unit, 7.8f * unit))
        }
        Shape.RING -> circle(5f, 5f, 3.8f, false)
        Shape.DISC -> circle(5f, 5f, 4.2f, true)
        Shape.SQUARE -> area(true, 1.5f, 1.5f, 8.5f, 1.5f, 8.5f, 8.5f, 1.5f, 8.5f)
        Shape.DIAMOND -> area(true, 5f, 0.6f, 9.4f, 5f, 5f, 9.4f, 0.6f, 5f)
        Shape.HOLLOW_DIAMOND -> area(false, 5f, 1f, 9f, 5f, 5f, 9f, 1f, 5f)
        Shape.TRIANGLE -> {
            area(false, 5f, 1.2f, 9.2f, 8.6f, 0.8f, 8.6f)
            line(5f, 4f, 5f, 5.8f)
        }
        Shape.TICK -> line(1.2f, 5.4f, 3.9f, 8.1f, 8.8f, 2.2f)
        Shape.CROSS -> {
            line(1.8f, 1.8f, 8.2f, 8.2f)
            line(8.2f, 1.8f, 1.8f, 8.2f)
        }
        Shape.MINUS -> line(1.2f, 5f, 8.8f, 5f)
        Shape.BARS -> {
            line(3.2f, 1.6f, 3.2f, 8.4f)
            line(6.8f, 1.6f, 6.8f, 8.4f)
        }
        Shape.PHONE -> {
            area(false, 2.6f, 0.9f, 7.4f, 0.9f, 7.4f, 9.1f, 2.6f, 9.1f)
            line(4.6f, 7.3f, 5.4f, 7.3f)
        }
    }
}
