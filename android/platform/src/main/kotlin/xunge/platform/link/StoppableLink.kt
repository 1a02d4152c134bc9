package xunge.platform.link

import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.LinkRequest

/** A link that can be told to stop: the request that runs ends, the next one reaches nobody, and the core goes on another time. */
class StoppableLink(private val link: Link) : Link {
    @Volatile private var stopped = false

    fun stop() {
        stopped = true
    }

    override fun perform(serverUrl: String, serverPin: ByteArray?, request: LinkRequest): LinkAnswer =
        if (stopped) LinkAnswer.Unreachable else link.perform(serverUrl, serverPin, request)
}
