package dev.flotilla.operator.engine.elasticsearch;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A password as the engine's file realm wants it: PBKDF2 with HMAC-SHA-512, salt and key in
/// base64.
///
/// The passwords are random and long (139 bits), so the cost need not protect weak ones: it is the
/// least that the engine knows. Ten times of that, its default, was an eighth of the processor time
/// that the operator spent on new databases.
final class PasswordHash {

  private static final int ITERATIONS = 1_000;
  private static final int SALT_BYTES = 32;
  private static final int KEY_BITS = 256;

  private PasswordHash() {}

  static String of(String password, SecureRandom random) {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    var spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, KEY_BITS);
    try {
      var key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
      var base64 = Base64.getEncoder();
      return "{PBKDF2}%d$%s$%s"
          .formatted(ITERATIONS, base64.encodeToString(salt), base64.encodeToString(key));
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      throw new IllegalStateException("every Java platform has PBKDF2 with HMAC-SHA-512", e);
    } finally {
      spec.clearPassword();
    }
  }
}
