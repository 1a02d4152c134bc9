package xunge.core

/** A case or a check-in: both are documents of the core. */
@JvmInline value class DocumentId(val text: String)

/** A draft; the case it becomes has the same id. */
@JvmInline value class DraftId(val text: String)

/** Something that was written: a request, a photo, a note, a step. */
@JvmInline value class EntryId(val text: String)

/** A photo by what is in it: SHA-256 in hexadecimal. */
@JvmInline value class PhotoHash(val text: String)

/** Something this person said of their own duty. */
@JvmInline value class DutyNoteId(val text: String)

@JvmInline value class PrivateRecordId(val text: String)

@JvmInline value class PersonId(val text: String)

@JvmInline value class OrganisationId(val text: String)

/** Milliseconds since 1970, UTC. */
@JvmInline
value class Instant(val millis: Long) : Comparable<Instant> {
    override fun compareTo(other: Instant): Int = millis.compareTo(other.millis)
}
