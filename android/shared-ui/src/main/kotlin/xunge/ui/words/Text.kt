package xunge.ui.words

import xunge.core.Language

/**
 * A text of the app in both languages: there are no other tables than [Word] and [OwnWord], and none of them can be without one.
 * `%1`, `%2` stand for what is put in. What the core says (reasons, problems) comes with its own words.
 */
sealed interface Text {
    val zh: String
    val en: String

    fun of(language: Language): String =
        when (language) {
            Language.CHINESE -> zh
            Language.ENGLISH -> en
        }

    /** With values in the places of `%1`, `%2`… */
    fun of(language: Language, vararg values: Any): String =
        values.foldIndexed(of(language)) { index, text, value -> text.replace("%${index + 1}", value.toString()) }
}
