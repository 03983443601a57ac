package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The JDK that runs this, as part of an image.
///
/// @param home its folder
/// @param version its full version, with the vendor's build
record JavaRuntime(Path home, String version) {
  JavaRuntime {
    Objects.requireNonNull(home);
    Objects.requireNonNull(version);
  }

  static JavaRuntime current() {
    return new JavaRuntime(
        Path.of(System.getProperty("java.home")),
        System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"));
  }

  /// Links a runtime with only these modules of the JDK into a tree, with an archive of the classes
  /// that every start needs.
  void link(List<String> modules, FileTree tree, String path, Tool tool) throws IOException {
    Path folder = tree.at(path);
    Files.createDirectories(folder.getParent());
    tool.java(
        "jlink",
        List.of(
            "--add-modules=" + String.join(",", modules),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output=" + folder));
    tool.run(Map.of(), List.of(folder.resolve("bin/java").toString(), "-Xshare:dump"));
  }

  /// Copies all of it that a server can use, for a server that requires the module `jdk.jlink`: on
  /// a JDK without jmods that module cannot be linked into a runtime, and `java.base` carries its
  /// hash, so that nothing can stand in for it either.
  void copy(FileTree tree, String path) throws IOException {
    tree.file(home.resolve("bin/java"), path + "/bin/java", 0755);
    tree.copy(home.resolve("conf"), path + "/conf", file -> true);
    tree.copy(home.resolve("lib"), path + "/lib", JavaRuntime::serves);
    tree.file(home.resolve("release"), path + "/release", 0644);
  }

  private static boolean serves(Path file) {
    String name = file.getFileName().toString();
    boolean sources = name.equals("src.zip") || name.equals("ct.sym");
    boolean archiveForOtherFlags = name.endsWith(".jsa") && !name.equals("classes.jsa");
    boolean screen =
        name.matches(
            "lib(awt.*|fontmanager|freetype|javajpeg|jawt|jsound|lcms|mlib_image|splashscreen)\\.so");
    return !sources && !archiveForOtherFlags && !screen && !name.endsWith(".debuginfo");
  }
}
