package xunge.ui.parts

import androidx.compose.runtime.Composable
import xunge.core.CheckinStep
import xunge.core.Instant
import xunge.core.Language
import xunge.core.StepFact
import xunge.ui.state.FieldState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Word
import xunge.ui.words.ago
import xunge.ui.words.moment
import xunge.ui.words.named
import xunge.ui.words.said
import xunge.ui.words.word

/** One step of a check-in. */
@Composable
fun StepCard(step: CheckinStep, field: FieldState) {
    val now = field.platform.now()
    val language = LocalLanguage.current
    Card {
        Said(named(step.name.named), Texts.title)
        if (step.note.isNotBlank()) Said(step.note)
        for (fact in step.facts) Said(fact.said(language, now))
        val photos = if (step.photos.isEmpty()) null else "${word(Word.PHOTO)} ${step.photos.size}"
        val beside = listOfNotNull(author(field, step.author), ago(step.at, now, language), step.address.ifBlank { null }, photos)
        Said(beside.joinToString(" · "), Texts.label, LocalPalette.current.faint)
    }
}

/** What a step says beside its words: each kind has a sentence, or this does not compile. */
internal fun StepFact.said(language: Language, now: Instant): String =
    when (this) {
        is StepFact.EstimateAt -> Word.FACT_ESTIMATE.of(language, moment(at, now))
        is StepFact.EstimateWithin -> Word.FACT_ESTIMATE.of(language, limit.said(language))
        is StepFact.Version -> Word.FACT_VERSION.of(language, number)
        is StepFact.Options -> Word.FACT_OPTIONS.of(language, options.joinToString("；"))
        is StepFact.Decision -> Word.FACT_DECISION.of(language, text)
        is StepFact.Undertaker -> Word.FACT_UNDERTAKER.of(language, body.name)
        is StepFact.Cost -> Word.FACT_COST.of(language, bearer.word.of(language))
        is StepFact.Promise -> Word.FACT_PROMISE.of(language, moment(at, now))
        is StepFact.Party -> Word.FACT_PARTY.of(language, body.name)
        is StepFact.Headcount -> Word.FACT_HEADCOUNT.of(language, people)
        is StepFact.Window -> Word.FACT_WINDOW.of(language, moment(from, now), moment(until, now))
        is StepFact.Turn -> {
            val window = Word.FACT_WINDOW.of(language, moment(from, now), moment(until, now))
            Word.FACT_TURN.of(language, body.name, people, post, window)
        }
        is StepFact.Percent -> Word.FACT_PERCENT.of(language, percent)
        is StepFact.FinishedAt -> Word.FACT_FINISHED.of(language, moment(at, now))
        is StepFact.Quantity -> Word.FACT_QUANTITY.of(language, what, number, unit)
        is StepFact.Answer ->
            when (yes) {
                true -> Word.FACT_YES
                false -> Word.FACT_NO
                null -> Word.FACT_UNSAID
            }.of(language)
    }
