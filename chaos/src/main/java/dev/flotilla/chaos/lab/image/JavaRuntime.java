package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/// The JDK that runs this, as part of an image.
///
/// @param home its folder
/// @param version its full version, with the vendor's build
record JavaRuntime(Path home, String version) {
  private static final int SHORT = "sha256:".length() + 16;

  JavaRuntime {
    Objects.requireNonNull(home);
    Objects.requireNonNull(version);
  }

  static JavaRuntime current() {
    return new JavaRuntime(
        Path.of(System.getProperty("java.home")),
        System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"));
  }

  /// Copies all that a server can use of it. Elasticsearch requires the module `jdk.jlink`, which
  /// jlink cannot link into a runtime on a JDK without jmods, so a linked runtime is not an option
  /// there.
  void copyWithoutDesktop(FileTree tree, String path) throws IOException {
    tree.file(home.resolve("bin/java"), path + "/bin/java", 0755);
    tree.copy(home.resolve("conf"), path + "/conf", file -> true);
    tree.copy(home.resolve("lib"), path + "/lib", JavaRuntime::serves);
    tree.file(home.resolve("release"), path + "/release", 0644);
  }

  private static boolean serves(Path file) {
    String name = file.getFileName().toString();
    boolean sources = name.equals("src.zip") || name.equals("ct.sym");
    boolean archiveForOtherFlags = name.endsWith(".jsa") && !name.equals("classes.jsa");
    boolean desktop =
        name.matches(
            "lib(awt.*|fontmanager|freetype|javajpeg|jawt|jsound|lcms|mlib_image|splashscreen)\\.so");
    return !sources && !archiveForOtherFlags && !desktop && !name.endsWith(".debuginfo");
  }

  /// A tree that holds, at `path`, a runtime with only these modules of the JDK: linked once and
  /// then kept in `cache`.
  FileTree linked(List<String> modules, String path, Path cache, Tool tool) throws IOException {
    String stamp = Digests.of(version + path + modules).substring("sha256:".length(), SHORT);
    Path folder = cache.resolve("java-" + stamp);
    if (!Files.exists(folder)) {
      Path part = Files.createDirectories(cache).resolve("java-" + stamp + ".part");
      FileTree.delete(part);
      FileTree tree = FileTree.in(part);
      Files.createDirectories(tree.at(path).getParent());
      tool.java(
          "jlink",
          List.of(
              "--add-modules=" + String.join(",", modules),
              "--strip-java-debug-attributes",
              "--no-header-files",
              "--no-man-pages",
              "--generate-cds-archive",
              "--output=" + tree.at(path)));
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return new FileTree(folder);
  }
}
