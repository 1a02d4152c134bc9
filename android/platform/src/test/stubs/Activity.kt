package androidx.activity

import android.app.Activity

/** Stands for androidx's, which is not on Maven Central, so that the app's Activity is compiled here at all. It is never run. */
open class ComponentActivity : Activity()
