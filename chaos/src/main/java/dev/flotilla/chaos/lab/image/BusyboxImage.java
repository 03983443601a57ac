package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A shell and the usual commands, for helper pods.
///
/// @param busybox a statically linked busybox
public record BusyboxImage(Path busybox) implements ImageRecipe {
  /// Checks that there is one.
  public BusyboxImage {
    Objects.requireNonNull(busybox);
  }

  @Override
  public String reference() {
    return "flotilla.local/busybox:1";
  }

  @Override
  public String stamp() throws IOException {
    return Digests.of(busybox) + Digests.ofClasses(BusyboxImage.class);
  }

  @Override
  public ImageLayout lay(Path scratch, Path log) throws IOException {
    FileTree tree = FileTree.in(scratch.resolve("root"));
    install(busybox, tree);
    tree.text("/etc/passwd", "root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n");
    tree.text("/etc/group", "root:x:0:\nnogroup:x:65534:\n");
    var environment = new TreeMap<>(Map.of("PATH", "/bin"));
    var config = new ImageConfig("65534:65534", "/", List.of("/bin/sh"), environment, List.of());
    return new ImageLayout(config, List.of(tree.root()));
  }

  /// Puts busybox into `/bin` of a tree, each of its commands a link to it, and makes the folders
  /// that every root has.
  static void install(Path busybox, FileTree tree) throws IOException {
    tree.file(busybox, "/bin/busybox", 0755);
    Process list = new ProcessBuilder(busybox.toString(), "--list").start();
    List<String> commands;
    try (var output = list.inputReader(StandardCharsets.UTF_8)) {
      commands = output.lines().filter(name -> !name.equals("busybox")).toList();
    }
    for (String command : commands) {
      tree.link("/bin/" + command, "busybox");
    }
    for (String folder : List.of("/etc", "/proc", "/sys", "/dev")) {
      tree.folder(folder);
    }
    tree.folder("/tmp", 01777);
  }
}
