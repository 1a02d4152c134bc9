package xunge.ui.words

import xunge.core.Language

/** A name that the core's rules use, in both languages. */
data class Named(val zh: String, val en: String) {
    fun of(language: Language): String =
        when (language) {
            Language.CHINESE -> zh
            Language.ENGLISH -> en
        }
}
