package xunge.platform

/**
 * Calls what Android 8 does not have, and asks for the version before it does. Everything without this mark is held against
 * the signatures of API 26 by a test.
 */
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.FUNCTION)
annotation class NewerAndroid
