package xunge.core

/** Where the content of a document is. Received is never said before every photo of it is acknowledged. */
sealed interface Delivery {
    /** Nothing of what was done here has left this device. */
    data object OnDevice : Delivery

    /** So many of so many pieces (texts and photo files) are acknowledged. */
    data class Sending(val sent: Long, val of: Long) : Delivery

    /** All of it is committed at the server and hashed again there. */
    data object Received : Delivery
}
