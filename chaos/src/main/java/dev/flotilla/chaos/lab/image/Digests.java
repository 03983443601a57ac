package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// SHA-256 in the notation of image manifests, `sha256:` and 64 hexadecimal digits.
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String text(MessageDigest sha) {
    return "sha256:" + HexFormat.of().formatHex(sha.digest());
  }

  static String of(byte[] bytes) {
    MessageDigest sha = sha256();
    sha.update(bytes);
    return text(sha);
  }

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Of a file's content.
  static String of(Path file) throws IOException {
    MessageDigest sha = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return text(sha);
  }

  /// Of the names and contents of all files in a folder.
  static String ofFiles(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    var all = new StringBuilder();
    for (Path file : files) {
      all.append(folder.relativize(file)).append(' ').append(of(file)).append('\n');
    }
    return of(all.toString());
  }

  /// Of the compiled code of classes: a recipe that changed makes its image anew.
  static String ofClasses(Class<?>... classes) throws IOException {
    var all = new StringBuilder();
    for (Class<?> type : classes) {
      try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
        all.append(of(Objects.requireNonNull(in, type.getName()).readAllBytes()));
      }
    }
    return of(all.toString());
  }
}
