package dev.flotilla.chaos.bench;

import static java.util.stream.Collectors.joining;

import dev.flotilla.chaos.lab.progress.Progress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How long an operator needs from the start of its process until it has looked at each of many
/// databases that are at rest, beside a process that only lists the same objects.
///
/// Each runs with an ahead-of-time cache of its own, too: a run that does not count makes it.
@Command(
    name = "first-pass.sh",
    description = "Measure how long an operator needs to know a fleet.",
    mixinStandardHelpOptions = true)
public final class FirstPass implements Callable<Integer> {

  private static final int MEMBERS = 3;
  private static final String NAMESPACE = "fleet";
  private static final Duration LIMIT = Duration.ofMinutes(60);

  @Option(names = "--tenants", description = "So many databases; 1,000 unless told.")
  private int tenants = 1_000;

  @Option(names = "--rounds", description = "So many rounds; 3 unless told.")
  private int rounds = 3;

  private final PrintStream out;
  private final List<Double> lists = new ArrayList<>();
  private final List<Double> operators = new ArrayList<>();
  private final List<Double> cached = new ArrayList<>();

  /// @param out where the figures go
  public FirstPass(PrintStream out) {
    this.out = out;
  }

  /// Runs it.
  public static void main(String[] words) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new CommandLine(new FirstPass(out)).execute(words));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var progress = Progress.onStandardError();
        var ground = Ground.start(progress, List.of())) {
      var phase = progress.begin("databases");
      ground.open(NAMESPACE);
      List<List<HasMetadata>> fleet =
          IntStream.range(0, tenants)
              .mapToObj(number -> List.of(LastPod.database("t%04d".formatted(number))))
              .toList();
      var _ = ground.run(NAMESPACE, fleet, tenants * MEMBERS, LIMIT);
      ground.awaitQuiet(NAMESPACE);
      ground.stopOperator();
      phase.done(tenants + " at rest");
      measure(ground, progress);
    }
    out.printf("list: %s s%n", Spread.of(lists).text(1));
    print("operator", operators, lists, "the list");
    print("operator with a cache of its classes", cached, operators, "the one without");
    return 0;
  }

  private void measure(Ground ground, Progress progress) throws IOException, InterruptedException {
    var jars = jars(ground.folder());
    var cache = ground.folder().resolve("operator.aot");
    var phase = progress.begin("first passes");
    phase.detail("warming up");
    var _ = ground.time(BareList.class, List.of(), jars, List.of());
    var _ = operator(ground, jars, List.of("-XX:AOTCacheOutput=" + cache));
    for (int round = 1; round <= rounds; round++) {
      phase.detail("round " + round);
      lists.add(seconds(ground.time(BareList.class, List.of(), jars, List.of())));
      operators.add(seconds(operator(ground, jars, List.of())));
      cached.add(
          seconds(operator(ground, jars, List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on"))));
    }
    phase.done("");
  }

  private Duration operator(Ground ground, String jars, List<String> options)
      throws IOException, InterruptedException {
    return ground.time(FirstLooks.class, options, jars, List.of("" + tenants));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }

  private void print(String name, List<Double> times, List<Double> others, String than) {
    var ratios = IntStream.range(0, rounds).mapToObj(i -> times.get(i) / others.get(i)).toList();
    out.printf(
        "%s: %s s, %s times %s%n", name, Spread.of(times).text(1), Spread.of(ratios).text(2), than);
  }

  /// The class path without folders: a cache is of jars only.
  private static String jars(Path folder) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .map(part -> Files.isDirectory(part) ? jar(part, folder) : part)
        .map(Path::toString)
        .collect(joining(File.pathSeparator));
  }

  private static Path jar(Path classes, Path folder) {
    var jar = folder.resolve("classes-%08x.jar".formatted(classes.hashCode()));
    ToolProvider.findFirst("jar")
        .orElseThrow()
        .run(System.out, System.err, "--create", "--file=" + jar, "-C", classes.toString(), ".");
    return jar;
  }
}
