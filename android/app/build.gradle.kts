plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.android)
    alias(libs.plugins.kotlin.compose)
}

android {
    namespace = "xunge.app"
    compileSdk = 35
    ndkVersion = libs.versions.ndk.get()

    defaultConfig {
        applicationId = "xunge.app"
        minSdk = 26
        targetSdk = 35
        versionCode = 1
        versionName = "0.1.0"
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64", "x86") }
    }

    sourceSets["main"].apply {
        // The folders that Maven compiles and tests.
        kotlin.srcDirs(
            "../core-api/src/main/kotlin",
            "../link/src/main/kotlin",
            "../core-bindings/src/main/kotlin",
            "../shared-ui/src/main/kotlin",
            "../platform/src/main/kotlin",
        )
        // Both are written by native.sh.
        kotlin.srcDir("target/bindings")
        jniLibs.srcDir("target/jniLibs")
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "rules.pro")
        }
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    // Stored as they are, so that they are mapped from the APK at 16 KB boundaries.
    packaging { jniLibs.useLegacyPackaging = false }
}

kotlin { jvmToolchain(17) }

dependencies {
    implementation(libs.compose.foundation)
    implementation(libs.activity.compose)
    implementation(libs.okhttp)
    // The archive, because it brings JNA's own library for each kind of phone.
    implementation(libs.jna) { artifact { type = "aar" } }
}

val nativeLibraries by tasks.registering(Exec::class) {
    group = "build"
    description = "Builds the core for four kinds of phone, and the Kotlin side of its bindings."
    val ndk = androidComponents.sdkComponents.ndkDirectory
    doFirst { environment("ANDROID_NDK_HOME", ndk.get().asFile.path) }
    commandLine("bash", "native.sh")
}

tasks.named("preBuild") { dependsOn(nativeLibraries) }
