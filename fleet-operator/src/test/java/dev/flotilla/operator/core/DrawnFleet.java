package dev.flotilla.operator.core;

import static dev.flotilla.operator.core.Drawing.NOW;
import static dev.flotilla.operator.core.Drawing.number;

import dev.flotilla.operator.core.fleet.Disruptions;
import dev.flotilla.operator.core.fleet.FleetFacts;
import dev.flotilla.operator.core.fleet.Losses;
import dev.flotilla.operator.kube.read.PolicyReader;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// What a drawing's line `fleet` says of all other databases, such as `fleet 25 stopped 12 ahead
/// 7`, `fleet 30 disrupted 3 in a waiting 2 for b` or `fleet 30 given-up 5 members 40`.
///
/// Those that were stopped or given up were so a second after each other, the first of them five
/// minutes ago.
record DrawnFleet(String line) {

  /// @param deleting whether the drawn database is
  FleetFacts facts(boolean deleting) {
    return new FleetFacts(
        PolicyReader.BUILT_IN,
        number(line, "fleet").orElseThrow(),
        times("stopped"),
        deleting ? number(line, "ahead") : OptionalInt.empty(),
        new Disruptions(count("disrupted"), zone("in"), count("waiting"), zone("for")),
        new Losses(count("members"), times("given-up")));
  }

  private int count(String word) {
    return number(line, word).orElse(0);
  }

  private List<Instant> times(String word) {
    return IntStream.range(0, count(word))
        .mapToObj(i -> NOW.minusSeconds(300).plusSeconds(i))
        .toList();
  }

  private SortedSet<Zone> zone(String word) {
    var words = List.of(line.split(" "));
    int at = words.indexOf(word);
    return at < 0 ? new TreeSet<>() : new TreeSet<>(Set.of(new Zone(words.get(at + 1))));
  }
}
