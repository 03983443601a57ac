package dev.flotilla.chaos.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a cluster could leave behind on this machine.
///
/// @param links network links by name
/// @param routes as the kernel prints them
/// @param mounts mount points
/// @param networks names of network namespaces
/// @param groups control groups of ours
/// @param settings kernel settings and their values
record Machine(
    SortedSet<String> links,
    SortedSet<String> routes,
    SortedSet<String> mounts,
    SortedSet<String> networks,
    SortedSet<String> groups,
    SortedMap<String, String> settings) {

  private static final List<String> SETTINGS =
      List.of("vm", "fs/inotify", "kernel/keys", "net/ipv4/conf/all", "net/netfilter");
  private static final List<String> MORE_SETTINGS =
      List.of("kernel/panic", "kernel/panic_on_oops", "net/ipv4/ip_forward");

  /// The machine now.
  ///
  /// @param group the control group of the cluster in question
  static Machine now(String group) {
    Path kernel = Path.of("/proc/sys");
    SortedMap<String, String> settings = new TreeMap<>();
    Stream.concat(
            SETTINGS.stream().flatMap(name -> children(kernel.resolve(name))),
            MORE_SETTINGS.stream().map(kernel::resolve))
        .forEach(file -> content(file).ifPresent(text -> settings.put(file.toString(), text)));
    return new Machine(
        names(Path.of("/sys/class/net"), name -> true),
        lines(Path.of("/proc/net/route"), 0),
        lines(Path.of("/proc/self/mountinfo"), 4),
        names(Path.of("/run/netns"), name -> true),
        children(Path.of("/sys/fs/cgroup"))
            .flatMap(tree -> Stream.concat(Stream.of(tree), children(tree)))
            .filter(path -> path.getFileName().toString().equals(group))
            .map(Path::toString)
            .collect(Collectors.toCollection(TreeSet::new)),
        settings);
  }

  /// Processes in a control group or below it: id and command.
  static SortedMap<Long, String> processesIn(String group) {
    SortedMap<Long, String> found = new TreeMap<>();
    children(Path.of("/proc"))
        .filter(process -> process.getFileName().toString().matches("\\d+"))
        .filter(process ->
            content(process.resolve("cgroup"))
                .filter(text -> text.contains(":/" + group + "/"))
                .isPresent())
        // One that has ended stays listed until its parent asks what became of it.
        .filter(process -> content(process.resolve("stat")).filter(Machine::isAlive).isPresent())
        .forEach(process ->
            content(process.resolve("comm"))
                .ifPresent(
                    name -> found.put(Long.parseLong(process.getFileName().toString()), name)));
    return found;
  }

  /// The state follows the name, which stands in brackets and may hold anything.
  private static boolean isAlive(String stat) {
    return !stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
  }

  private static SortedSet<String> names(Path folder, Predicate<String> filter) {
    return children(folder)
        .map(path -> path.getFileName().toString())
        .filter(filter)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The lines of a file, or one word of each.
  private static SortedSet<String> lines(Path file, int word) {
    return content(file).stream()
        .flatMap(String::lines)
        .map(line -> word == 0 ? line : line.split(" ", -1)[word])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Processes end and some settings cannot be read.
  private static Optional<String> content(Path file) {
    try {
      return Files.isDirectory(file) ? Optional.empty() : Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
