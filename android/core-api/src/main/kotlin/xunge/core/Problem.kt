package xunge.core

/** A failed call: a code that stays, the cause and the next step in both languages. What was saved before is safe. */
sealed class Problem(val code: String, val zh: String, val en: String) : Exception("$code: $en")

/** This device has no person yet. */
class NotEnrolledProblem(code: String, zh: String, en: String) : Problem(code, zh, en)

/** The device key, or the key of the store, cannot be had: a locked phone, mostly. */
class KeyProblem(code: String, zh: String, en: String) : Problem(code, zh, en)

/** The disk: full, damaged, in use, of a newer version. */
class StoreProblem(code: String, zh: String, en: String) : Problem(code, zh, en)

/** The network, or somebody on it. */
class LinkProblem(code: String, zh: String, en: String) : Problem(code, zh, en)

/** It is not on this device. */
class NotFoundProblem(code: String, zh: String, en: String) : Problem(code, zh, en)

/** A photo that cannot be taken as one. */
class PhotoProblem(code: String, zh: String, en: String) : Problem(code, zh, en)

/** The rules say no: something is missing or it is not this person's to do. The worker can mend most of them. */
class DeclinedProblem(code: String, zh: String, en: String) : Problem(code, zh, en)
