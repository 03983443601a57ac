package dev.flotilla.operator.core;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Situations of all kinds, as [Drawing] reads them: up to nine members with up to three things out
/// of order each, and up to four things out of order around them.
public final class AnySituation implements ArbitrarySupplier<String> {

  @Override
  public Arbitrary<String> get() {
    var trouble =
        Arbitraries.of(
            "new",
            "allocated",
            "joins",
            "no volume",
            "volume pending",
            "volume terminating",
            "volume lost",
            "volume copied",
            "volume damaged",
            "volume in b",
            "volume small",
            "volume growing",
            "kept until past",
            "kept until later",
            "wants past",
            "wants forever",
            "unstamped",
            "no pod",
            "pending",
            "starting",
            "over",
            "terminating",
            "unschedulable",
            "no room",
            "no image",
            "crashing",
            "old",
            "not joined",
            "no certificate",
            "certificate ends");
    var member =
        Arbitraries.frequencyOf(
            Tuple.of(4, trouble.list().uniqueElements().ofMaxSize(3)), Tuple.of(1, gone()));
    var zone = member.list().ofMaxSize(3);
    var pool =
        Arbitraries.of("wants 3", "wants 7", "scale 4", "wants 3 scale 9 by kubectl", "absent");
    return Combinators.combine(pool, zone, zone, zone, lines().list().uniqueElements().ofMaxSize(4))
        .as((count, a, b, c, lines) ->
            Stream.concat(
                    Stream.of("pool data " + count, zone("a", a), zone("b", b), zone("c", c)),
                    lines.stream())
                .collect(Collectors.joining("\n")));
  }

  /// What is left of members that were emptied, or seem to have been.
  private static Arbitrary<List<String>> gone() {
    return Arbitraries.of(
        List.of("gone", "noted gone"),
        List.of("gone", "noted gone", "kept until past"),
        List.of("gone", "noted gone", "kept until later"),
        List.of("gone", "noted gone", "wants past"),
        List.of("gone", "noted gone", "kept until past", "wants forever"),
        List.of("gone", "noted", "kept until past"),
        List.of("gone", "kept until past"),
        List.of("gone", "noted gone", "kept until past", "volume copied"));
  }

  /// What else is the case.
  private static Arbitrary<String> lines() {
    return Arbitraries.of(
        "node nb silent",
        "node nb gone",
        "node nb out of service",
        "node nc cordoned",
        "engine silent",
        "engine red",
        "engine is another",
        "tenant unread",
        "tenant gone",
        "tenant unformed",
        "class gone",
        "class binds early",
        "class does not grow",
        "stray restored-copy",
        "image other",
        "version 9.9.9",
        "bare",
        "deleting",
        "deleting unconfirmed",
        "volumes scaled 24",
        "volumes deleted 24",
        "fleet 25 stopped 20 ahead 4",
        "fleet 2000 stopped 20 ahead 4",
        "fleet 25 ahead 0 disrupted 20 in a",
        "fleet 25 ahead 0 disrupted 1 in b waiting 2 for a",
        "fleet 25 ahead 0 given-up 5 members 20",
        "fleet unknown",
        "stale",
        "passive");
  }

  private static String zone(String name, List<List<String>> members) {
    return IntStream.range(0, members.size())
        .mapToObj(i -> "%s%d[%s]".formatted(name, i + 1, String.join(", ", members.get(i))))
        .collect(Collectors.joining(" ", name + ": ", ""));
  }
}
