package dev.flotilla.chaos.bench.store;

import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.Programs;
import dev.flotilla.chaos.lab.folder.Clearing;
import dev.flotilla.chaos.lab.progress.Progress;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How fast the operators' own store is beside three members of etcd: both on the same disk and in
/// turn, so that only ratios count. Then how long it takes until another one leads.
@Command(
    name = "store.sh",
    description = "Compare the operators' own store with etcd.",
    mixinStandardHelpOptions = true)
public final class StoreRace implements Callable<Integer> {

  private static final List<Integer> CALLERS = List.of(1, 16, 128);

  /// That batches are compared at.
  private static final int SOME = 16;

  @Option(names = "--rounds", description = "So many rounds that count; 3 unless told.")
  private int rounds = 3;

  @Option(names = "--seconds", description = "So long each measurement; 3 unless told.")
  private int seconds = 3;

  @Option(names = "--take-overs", description = "So many of each; 10 unless told.")
  private int takeOvers = 10;

  @Option(names = "--directory", description = "Where both keep their data.", required = true)
  private Path directory = Path.of("");

  private final PrintStream out;
  private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

  /// @param out where the figures go
  public StoreRace(PrintStream out) {
    this.out = out;
  }

  /// Runs it.
  public static void main(String[] words) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new CommandLine(new StoreRace(out)).execute(words));
  }

  @Override
  public Integer call() throws Exception {
    var folder = Files.createTempDirectory(Files.createDirectories(directory), "race");
    try (var progress = Progress.onStandardError()) {
      var program = Programs.etcd(Places.ofThisMachine(System.getenv()), System.getenv(), progress);
      try (var ours = new OwnVoters(folder);
          var etcd = new EtcdMembers(program, folder)) {
        out.printf("load %s%n", load());
        race(ours, etcd, progress);
        ratios.forEach(this::print);
        out.printf("load %s%n", load());
        takeOvers(ours, etcd, progress);
        out.printf("load at the end %s%n", load());
      }
    } finally {
      Clearing.delete(folder);
    }
    return 0;
  }

  private void race(OwnVoters ours, EtcdMembers etcd, Progress progress) throws Exception {
    var meter = new Meter(Duration.ofSeconds(seconds));
    ours.leadHere();
    for (int round = 0; round <= rounds; round++) {
      var phase = progress.begin(round == 0 ? "warm-up" : "round " + round);
      for (int callers : CALLERS) {
        double puts = meter.perSecond(callers, etcd::put);
        note(
            round,
            "puts, %d at once".formatted(callers),
            meter.perSecond(callers, ours::put) / puts);
        note(
            round,
            "gets, %d at once".formatted(callers),
            meter.perSecond(callers, ours::get) / meter.perSecond(callers, etcd::get));
        if (callers == SOME) {
          double entries = meter.perSecond(callers, ours::putMany);
          note(
              round,
              "changes in entries of 100 to puts, 16 at once",
              entries * OwnVoters.BATCH / puts);
        }
      }
      phase.done("load " + load());
    }
  }

  /// The first round warms up.
  private void note(int round, String what, double ratio) {
    if (round > 0) {
      ratios.computeIfAbsent(what, _ -> new ArrayList<>()).add(ratio);
    }
  }

  private void print(String what, List<Double> found) {
    var sorted = found.stream().sorted().toList();
    out.printf(
        Locale.ROOT,
        "%s: %.2f times etcd's (%.2f to %.2f)%n",
        what,
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast());
  }

  private void takeOvers(OwnVoters ours, EtcdMembers etcd, Progress progress) throws Exception {
    var phase = progress.begin("take-overs");
    var our = new ArrayList<Long>();
    var their = new ArrayList<Long>();
    for (int i = 0; i < takeOvers; i++) {
      our.add(ours.takeOver().toMillis());
      their.add(etcd.takeOver().toMillis());
    }
    phase.done("load " + load());
    out.printf("take-overs in ms, own %s, etcd %s%n", our, their);
  }

  private static String load() {
    return "%.1f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
