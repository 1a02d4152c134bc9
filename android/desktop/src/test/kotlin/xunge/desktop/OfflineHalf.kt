package xunge.desktop

import java.nio.file.Path
import java.util.concurrent.atomic.AtomicBoolean
import xunge.bindings.network
import xunge.core.Link
import xunge.core.LinkAnswer

/** What a killed process answers with. */
const val KILLED = 137

/**
 * The first half of the story in a process of its own: enrols, loses the signal, reports, and is killed in the middle of
 * everything: no file is closed, nothing is let go of. Says the case and the number of acts before.
 */
fun main(arguments: Array<String>) {
    val (folder, photo, server, code) = arguments
    val signal = AtomicBoolean(true)
    val network = network()
    val link = Link { url, pin, request -> if (signal.get()) network.perform(url, pin, request) else LinkAnswer.Unreachable }
    runApp(dataFolder(Path.of(folder)), Path.of(photo), link) {
        enrol(server, code)
        signal.set(false)
        val (case, acts) = report()
        println("reported $case $acts")
        System.out.flush()
        Runtime.getRuntime().halt(KILLED)
    }
}
