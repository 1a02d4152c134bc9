package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.CaseRow
import xunge.core.pageEnd

private const val PAGE_ROWS = 50

/** The cases on this device, page by page, or those that hold a text. */
class CaseListState(field: FieldState) : PageState(field) {
    /** Nothing before the first page was read. */
    var rows by mutableStateOf<List<CaseRow>?>(null)
        private set

    /** Whether there may be more behind the last row. */
    var hasMore by mutableStateOf(false)
        private set

    var wanted by mutableStateOf("")
        private set

    override fun load() {
        val asked = wanted
        // So many as are shown, in one call: a list that was scrolled stays where it is.
        val limit = maxOf(PAGE_ROWS, rows?.size ?: 0)
        ask({ if (asked.isBlank()) it.cases(null, limit) else it.search(asked.trim(), PAGE_ROWS) }) { page ->
            // A later question may be on its way.
            if (asked == wanted) {
                rows = page
                hasMore = asked.isBlank() && page.size == limit
            }
        }
    }

    fun find(text: String) {
        wanted = text
        rows = rows?.take(PAGE_ROWS)
        load()
    }

    fun more() {
        val last = rows?.lastOrNull() ?: return
        if (!hasMore || busy) return
        askOnce({ it.cases(last.pageEnd, PAGE_ROWS) }) { page ->
            rows = rows.orEmpty() + page
            hasMore = page.size == PAGE_ROWS
        }
    }

    fun open(row: CaseRow) = field.open(CasePageState(field, row.id))
}
