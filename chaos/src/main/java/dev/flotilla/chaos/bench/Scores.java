package dev.flotilla.chaos.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What all rounds gave. Contenders are compared within a round only, since a machine is never the
/// same twice.
final class Scores {

  private final SequencedMap<Contender, List<Lap>> laps = new LinkedHashMap<>();

  /// Rounds are added in their order.
  void add(Contender contender, Lap lap) {
    laps.computeIfAbsent(contender, key -> new ArrayList<>()).add(lap);
  }

  /// How many times as fast the one is as the other.
  Spread ratio(Contender one, Contender other) {
    var ours = laps.getOrDefault(one, List.of());
    var theirs = laps.getOrDefault(other, List.of());
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < Math.min(ours.size(), theirs.size()); round++) {
      ratios.add(ours.get(round).speed() / theirs.get(round).speed());
    }
    return Spread.of(ratios);
  }

  /// A few lines for each contender, with the first one compared to all others.
  String text() {
    return laps.entrySet().stream()
        .map(entry -> text(laps.firstEntry().getKey(), entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }

  private String text(Contender first, Contender contender, List<Lap> its) {
    var text =
        """
        %s: %s
          pods a second      %s
          writes a tenant    %s
          processor seconds  %s
        """
            .formatted(
                contender.name(),
                contender.meaning(),
                spread(its, Lap::speed),
                spread(its, Lap::writes),
                processors(its));
    return contender.equals(first)
        ? text
        : text
            + "  %s is faster by   %s%n".formatted(first.name(), ratio(first, contender).text(2));
  }

  private static String spread(List<Lap> laps, Function<Lap, Double> value) {
    return Spread.of(laps.stream().map(value).toList()).text(1);
  }

  /// The median of each process.
  static String processors(List<Lap> laps) {
    var names = new TreeSet<String>();
    laps.forEach(lap -> names.addAll(lap.processors().keySet()));
    return String.join(
        ", ",
        names.stream()
            .map(name -> {
              var seconds =
                  laps.stream()
                      .map(lap -> lap.processors().getOrDefault(name, Duration.ZERO).toMillis())
                      .map(millis -> millis / 1e3)
                      .toList();
              return name + " " + Spread.number(Spread.of(seconds).median(), 1);
            })
            .toList());
  }
}
