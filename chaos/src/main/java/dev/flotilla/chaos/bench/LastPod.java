package dev.flotilla.chaos.bench;

import dev.flotilla.chaos.lab.progress.Progress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How long it takes until the last pod of many new databases is written: by the operator, by the
/// StatefulSet controller, and by whoever just writes pods and claims.
///
/// All contenders run in turn in each round, on one control plane. A first round warms everything
/// up and does not count; it may be of fewer databases.
@Command(
    name = "last-pod.sh",
    description = "Compare how fast the pods of many databases are written.",
    mixinStandardHelpOptions = true)
public final class LastPod implements Callable<Integer> {

  static final String ENGINE_VERSION = "9.5.3";

  private static final int MEMBERS = 3;
  private static final Duration FIRST = Duration.ofMinutes(2);
  private static final Duration LIMIT = Duration.ofMinutes(20);

  @Option(names = "--long", description = "1,000 databases in place of 300.")
  private boolean many;

  @Option(names = "--tenants", description = "So many databases.")
  private int tenants;

  @Option(names = "--warm-up", description = "So many databases in the round before; else as many.")
  private int warmUp;

  @Option(names = "--rounds", description = "So many rounds that count; 3 unless told.")
  private int rounds = 3;

  @Option(names = "--only", description = "Leave out the contenders that are not named.")
  private List<String> only = List.of();

  @Option(names = "--java", description = "One more option for the operator's Java.")
  private List<String> java = List.of();

  private final PrintStream out;

  /// @param out where the figures go
  public LastPod(PrintStream out) {
    this.out = out;
  }

  /// Runs it.
  public static void main(String[] words) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new CommandLine(new LastPod(out)).execute(words));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    int number = tenants > 0 ? tenants : many ? 1000 : 300;
    try (var progress = Progress.onStandardError();
        var ground = Ground.start(progress, java)) {
      out.printf("%d databases of %d members; load %s%n", number, MEMBERS, load());
      var scores = race(ground, progress, number);
      out.print(scores.text());
      out.printf("load at the end %s%n", load());
    }
    return 0;
  }

  private Scores race(Ground ground, Progress progress, int number) throws InterruptedException {
    var contenders =
        contenders(pattern(ground)).stream()
            .filter(contender -> only.isEmpty() || only.contains(contender.name()))
            .toList();
    var scores = new Scores();
    for (int round = 0; round <= rounds; round++) {
      var phase = progress.begin(round == 0 ? "warm-up" : "round " + round);
      for (Contender contender : contenders) {
        phase.detail(contender.name());
        var lap = lap(ground, contender, round, round == 0 && warmUp > 0 ? warmUp : number);
        if (round > 0) {
          scores.add(contender, lap);
        }
      }
      phase.done("load " + load());
    }
    return scores;
  }

  private Lap lap(Ground ground, Contender contender, int round, int number)
      throws InterruptedException {
    var namespace = contender.name() + "-" + round;
    ground.open(namespace);
    List<List<HasMetadata>> objects =
        IntStream.range(0, number)
            .mapToObj(tenant -> contender.tenant().apply("t%04d".formatted(tenant)))
            .toList();
    var lap = ground.run(namespace, objects, number * MEMBERS, LIMIT);
    out.printf(
        Locale.ROOT,
        "%d %s %.1f pods a second, %.1f writes a tenant, processor seconds %s%n",
        round,
        contender.name(),
        lap.speed(),
        lap.writes(),
        Scores.processors(List.of(lap)));
    ground.remove(namespace);
    return lap;
  }

  /// Lets the operator make one database.
  private static Pattern pattern(Ground ground) throws InterruptedException {
    ground.open(Pattern.NAME);
    ground.run(Pattern.NAME, List.of(List.of(database(Pattern.NAME))), MEMBERS, FIRST);
    return new Pattern(ground.client(), Pattern.NAME);
  }

  private static List<Contender> contenders(Pattern pattern) {
    return List.of(
        new Contender(
            "flotilla",
            "the operator, with everything that it makes",
            tenant -> List.of(database(tenant))),
        new Contender(
            "statefulset",
            "the StatefulSet controller, without Secrets, settings, service and budget",
            tenant -> List.of(pattern.statefulSet(tenant))),
        new Contender(
            "statefulset-whole",
            "the same after the bench has written a tenant's Secrets, settings, service and budget",
            tenant ->
                Stream.concat(
                        pattern.companions(tenant).stream(), Stream.of(pattern.statefulSet(tenant)))
                    .toList()),
        new Contender("loop", "the bench writes claims and pods", pattern::bodies),
        new Contender(
            "loop-whole",
            "the bench writes Secrets, settings, service, budget, claims and pods",
            tenant ->
                Stream.concat(pattern.companions(tenant).stream(), pattern.bodies(tenant).stream())
                    .toList()));
  }

  /// One database as all of these benchmarks have it.
  static HasMetadata database(String name) {
    var manifest =
        """
        apiVersion: flotilla.dev/v1alpha1
        kind: DatabaseCluster
        metadata:
          name: %s
        spec:
          engine: {type: Elasticsearch, version: %s}
          topology: {zones: [a, b, c]}
          pools:
            - name: data
              instances: %d
              resources:
                requests: {cpu: 50m, memory: 500Mi}
              storage: {size: 1Gi}
        """
            .formatted(name, ENGINE_VERSION, MEMBERS);
    return new KubernetesSerialization().unmarshal(manifest);
  }

  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return Spread.number(load, 1);
  }
}
