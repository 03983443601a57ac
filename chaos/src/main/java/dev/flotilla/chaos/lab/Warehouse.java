package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.image.BusyboxImage;
import dev.flotilla.chaos.lab.image.ElasticsearchImage;
import dev.flotilla.chaos.lab.image.ImageFailure;
import dev.flotilla.chaos.lab.image.ImageRecipe;
import dev.flotilla.chaos.lab.image.ImageShelf;
import dev.flotilla.chaos.lab.image.ProgramImage;
import dev.flotilla.chaos.lab.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Obtains what clusters are made of: programs built from pinned sources, Debian packages, base
/// images.
///
/// All of it goes to the cache and is made only when it is not there or its sources have changed.
final class Warehouse {

  private static final String PAUSE = "flotilla.local/pause:1";
  private static final String ETCD = "flotilla.local/etcd:3.6";
  private static final String COREDNS = "flotilla.local/coredns:1.14.0";
  private static final String ELASTICSEARCH_VERSION = "9.5.3";
  // A cold build of Kubernetes takes about 5 minutes on two quiet processors.
  private static final Duration BUILD = Duration.ofMinutes(45);
  private static final Duration DOWNLOAD = Duration.ofMinutes(15);

  private static final List<String> KUBERNETES =
      List.of(
          "kube-apiserver",
          "kube-controller-manager",
          "kube-scheduler",
          "kubelet",
          "kube-proxy",
          "kubectl");

  private final Places places;
  private final Scripts scripts;
  private final Optional<Path> ready;

  /// A warehouse in the cache.
  ///
  /// @param environment with `FLOTILLA_KUBE_BIN`, a folder of programs that are then not built
  Warehouse(Places places, Map<String, String> environment) {
    this.places = places;
    scripts = new Scripts(places.scripts());
    ready =
        Optional.ofNullable(environment.get("FLOTILLA_KUBE_BIN"))
            .filter(text -> !text.isBlank())
            .map(Path::of);
  }

  /// Folders with every program of the control plane and the nodes.
  List<Path> programs(Progress.Phase phase) {
    List<Path> folders = new ArrayList<>(ready.stream().toList());
    if (!given(KUBERNETES)) {
      folders.add(build("kubernetes", phase));
    }
    if (!given(List.of("etcd"))) {
      folders.add(etcd(phase));
    }
    return List.copyOf(folders);
  }

  /// A folder with etcd.
  Path etcd(Progress.Phase phase) {
    return given(List.of("etcd")) ? ready.orElseThrow() : build("etcd", phase);
  }

  /// A folder with KWOK, which plays nodes.
  Path kwok(Progress.Phase phase) {
    return given(List.of("kwok")) ? ready.orElseThrow() : build("kwok", phase);
  }

  /// A folder with the program that looks for an order in what clients of the store saw.
  Path histories(Progress.Phase phase) {
    return build("histories", phase);
  }

  /// The root of the unpacked Debian packages.
  Path packages(Progress.Phase phase) {
    phase.detail("Debian packages");
    makeFolder("packages");
    Scripts.Run run =
        new Scripts.Run(log("packages"), DOWNLOAD, line -> report(phase, "packages", line));
    return Path.of(scripts.run(run, "packages.sh", places.cache().toString()));
  }

  /// Makes what is missing of the images that every node gets.
  ///
  /// @param packages root of the unpacked Debian packages
  /// @return their archives
  List<Path> images(Path packages, Progress.Phase phase) {
    Path busybox = packages.resolve("bin/busybox");
    Path coredns = given(List.of("coredns")) ? ready.orElseThrow() : build("coredns", phase);
    List<ImageRecipe> recipes =
        List.of(
            new ProgramImage(PAUSE, build("pause", phase).resolve("pause"), "65535:65535"),
            new ProgramImage(COREDNS, coredns.resolve("coredns"), "65532:65532"),
            new ProgramImage(ETCD, etcd(phase).resolve("etcd"), "65532:65532"),
            new BusyboxImage(busybox),
            new ElasticsearchImage(
                ELASTICSEARCH_VERSION, places.scripts().resolve("images/elasticsearch"), busybox));
    ImageShelf shelf = new ImageShelf(places.images());
    List<Path> archives = new ArrayList<>();
    for (ImageRecipe recipe : recipes) {
      phase.detail("image " + recipe.reference());
      try {
        archives.add(shelf.get(recipe).archive());
      } catch (ImageFailure e) {
        throw new LabFailure(String.valueOf(e.getMessage()), "./flotilla up", shelf.log(recipe));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(archives);
  }

  /// The name that Debian gives to this machine's architecture in library folders.
  static String triplet() {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (architecture.equals("amd64") ? "x86_64" : architecture) + "-linux-gnu";
  }

  private boolean given(List<String> names) {
    return ready.isPresent()
        && names.stream().allMatch(name -> Files.isExecutable(ready.get().resolve(name)));
  }

  private Path build(String name, Progress.Phase phase) {
    phase.detail(name);
    makeFolder("programs");
    Scripts.Run run =
        new Scripts.Run(log("build-" + name), BUILD, line -> report(phase, name, line));
    return Path.of(scripts.run(run, "programs.sh", places.cache().toString(), name));
  }

  /// Passes on a script's line `DONE TOTAL UNIT`.
  private static void report(Progress.Phase phase, String what, String line) {
    String[] words = line.split(" ", 3);
    phase.detail(what);
    phase.count(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]);
  }

  private void makeFolder(String name) {
    try {
      Files.createDirectories(places.cache().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log(String name) {
    return places.cache().resolve("log").resolve(name + ".log");
  }
}
