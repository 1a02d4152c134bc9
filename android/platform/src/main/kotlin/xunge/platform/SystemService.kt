package xunge.platform

import android.content.Context

/** A service that every phone has. */
internal inline fun <reified Service : Any> Context.service(): Service =
    checkNotNull(getSystemService(Service::class.java)) { "no ${Service::class.java.simpleName} here" }
