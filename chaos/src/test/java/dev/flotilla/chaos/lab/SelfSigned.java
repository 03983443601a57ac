package dev.flotilla.chaos.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/// Keys with certificates that they signed themselves, made by the JDK's `keytool`.
public final class SelfSigned {

  private SelfSigned() {}

  /// A new store with one key, under the store's password.
  ///
  /// @param file where it is written; nothing may be there
  /// @param alias the key's name, and the common name of its certificate
  /// @param extension of the certificate, such as `san=ip:127.0.0.1`
  public static KeyStore store(Path file, String alias, String extension, String password)
      throws IOException, InterruptedException, GeneralSecurityException {
    var made =
        Ended.of(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-ext",
                extension,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                password));
    if (made.code() != 0) {
      throw new IOException("keytool ended with " + made.code() + "\n" + made.text());
    }
    return KeyStore.getInstance(file.toFile(), password.toCharArray());
  }
}
