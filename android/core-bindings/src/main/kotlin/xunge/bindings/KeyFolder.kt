package xunge.bindings

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import java.nio.file.attribute.PosixFilePermissions
import java.security.KeyFactory
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.security.spec.PKCS8EncodedKeySpec
import java.security.spec.X509EncodedKeySpec
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

private const val AES_BITS = 256

/**
 * The keys of a desktop, which has no key store: files that only their owner may read. Whoever can read the folder can
 * be this device; the records say that the key is in software.
 */
class KeyFolder(private val folder: Path) {
    private val secretFile = folder.resolve("device-key.pkcs8")
    private val publicFile = folder.resolve("device-key.x509")
    private val wrappingFile = folder.resolve("store-key.aes")

    init {
        Files.createDirectories(folder)
    }

    /** The device key, made at the first call. */
    fun deviceKey(): EcdsaDeviceKey {
        val pair = if (Files.exists(publicFile)) read() else make()
        return EcdsaDeviceKey(pair.private, pair.public as ECPublicKey)
    }

    fun storeKey(): AesStoreKey =
        AesStoreKey(
            object : SecretPlace {
                override fun find(): SecretKey? =
                    if (Files.exists(wrappingFile)) SecretKeySpec(Files.readAllBytes(wrappingFile), "AES") else null

                override fun make(): SecretKey {
                    val key = KeyGenerator.getInstance("AES").run { init(AES_BITS); generateKey() }
                    write(wrappingFile, key.encoded)
                    return key
                }

                override fun destroy() {
                    Files.deleteIfExists(wrappingFile)
                }
            },
        )

    private fun make(): KeyPair {
        val pair =
            KeyPairGenerator.getInstance("EC").run {
                initialize(ECGenParameterSpec("secp256r1"))
                generateKeyPair()
            }
        write(secretFile, pair.private.encoded)
        // Last: where it is, the secret is there too.
        write(publicFile, pair.public.encoded)
        return pair
    }

    private fun read(): KeyPair {
        val keys = KeyFactory.getInstance("EC")
        val secret = keys.generatePrivate(PKCS8EncodedKeySpec(Files.readAllBytes(secretFile)))
        val public = keys.generatePublic(X509EncodedKeySpec(Files.readAllBytes(publicFile)))
        return KeyPair(public, secret)
    }

    /** Never seen half written, and never readable by others. */
    private fun write(file: Path, bytes: ByteArray) {
        val attributes =
            if ("posix" in file.fileSystem.supportedFileAttributeViews()) {
                arrayOf(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            } else {
                emptyArray()
            }
        val fresh = folder.resolve("${file.fileName}.new")
        Files.deleteIfExists(fresh)
        Files.createFile(fresh, *attributes)
        Files.write(fresh, bytes, StandardOpenOption.SYNC)
        Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE)
    }
}
