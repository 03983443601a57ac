package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Explained.Answer;
import dev.flotilla.operator.core.view.Explained.Objection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Copies of shards on members, and where they may go: what Elasticsearch decides about copies of
/// one shard on one member, about zones that are not forced, and about members that are excluded.
///
/// A member that leaves takes its copies along and brings them back; a copy is nowhere meanwhile.
public final class FakeShards {

  private final SortedMap<String, String> zones = new TreeMap<>();
  private final List<Copy> copies = new ArrayList<>();

  private record Copy(String index, int shard, boolean primary, String at) {

    boolean isOf(Copy other) {
      return index.equals(other.index) && shard == other.shard;
    }

    Copy movedTo(String member) {
      return new Copy(index, shard, primary, member);
    }
  }

  /// The members that are there now, with their zones.
  public void members(Map<String, String> now) {
    zones.clear();
    zones.putAll(now);
  }

  /// Makes an index and spreads its copies: the member with the fewest of those that may. A copy
  /// that no member takes is nowhere.
  public void create(String index, int shards, int replicas) {
    for (int shard = 0; shard < shards; shard++) {
      for (int copy = 0; copy <= replicas; copy++) {
        var made = new Copy(index, shard, copy == 0, "");
        var rest = 1 + replicas;
        zones.keySet().stream()
            .filter(member -> objections(made, member, rest, Set.of()).isEmpty())
            .min(Comparator.comparing(this::count))
            .ifPresentOrElse(member -> copies.add(made.movedTo(member)), () -> copies.add(made));
      }
    }
  }

  /// Whether anything was ever stored.
  boolean isEmpty() {
    return copies.isEmpty();
  }

  int count(String member) {
    return (int) copies.stream().filter(copy -> copy.at.equals(member)).count();
  }

  /// Moves at most one copy off each excluded member.
  public void move(Collection<String> excluded) {
    for (var member : excluded) {
      copies.stream()
          .filter(copy -> copy.at.equals(member) && zones.containsKey(member))
          .filter(copy -> target(copy, excluded).isPresent())
          .findFirst()
          .ifPresent(copy ->
              copies.set(copies.indexOf(copy), copy.movedTo(target(copy, excluded).orElseThrow())));
    }
  }

  private Optional<String> target(Copy copy, Collection<String> excluded) {
    return zones.keySet().stream()
        .filter(member -> !member.equals(copy.at))
        .filter(member -> objections(copy, member, copiesOf(copy), excluded).isEmpty())
        .min(Comparator.comparing(this::count));
  }

  private int copiesOf(Copy copy) {
    return (int) copies.stream().filter(copy::isOf).count();
  }

  /// Why a member does not take a copy, by who says so.
  ///
  /// @param all how many copies the shard shall have
  private SortedMap<String, String> objections(
      Copy copy, String member, int all, Collection<String> excluded) {
    var objections = new TreeMap<String, String>();
    var others =
        copies.stream()
            .filter(other -> other.isOf(copy) && !other.at.equals(copy.at))
            .map(other -> other.at)
            .filter(zones::containsKey)
            .toList();
    if (others.contains(member)) {
      objections.put("same_shard", "a copy of this shard is already allocated to this node");
    }
    int values = new HashSet<>(zones.values()).size();
    int most = (all + values - 1) / values;
    var zone = zones.get(member);
    if (others.stream().filter(other -> zones.get(other).equals(zone)).count() >= most) {
      objections.put(
          "awareness",
          "there are [%d] copies of this shard and [%d] values for attribute [zone]"
                  .formatted(all, values)
              + " so there may be at most [%d] copies".formatted(most));
    }
    if (excluded.contains(member)) {
      objections.put("filter", "node matches cluster setting [exclude] filters");
    }
    return objections;
  }

  /// Every copy, in a fixed order.
  List<Evacuation.Copy> all() {
    return copies.stream()
        .map(copy ->
            new Evacuation.Copy(
                copy.index,
                copy.shard,
                copy.primary,
                Optional.of(copy.at).filter(zones::containsKey),
                Optional.empty(),
                zones.containsKey(copy.at)
                    ? Optional.empty()
                    : Optional.of(copy.at.isEmpty() ? "INDEX_CREATED" : "NODE_LEFT")))
        .sorted(
            Comparator.comparing(Evacuation.Copy::index)
                .thenComparing(Evacuation.Copy::shard)
                .thenComparing(copy -> !copy.primary()))
        .toList();
  }

  /// What the engine would say of one copy.
  Explained explain(Evacuation.Copy asked, Collection<String> leaving) {
    var found =
        copies.stream()
            .filter(copy ->
                copy.index.equals(asked.index())
                    && copy.shard == asked.shard()
                    && copy.primary == asked.primary()
                    && asked.at().equals(Optional.of(copy.at).filter(zones::containsKey)))
            .findFirst();
    if (found.isEmpty()) {
      return new Explained(asked, Answer.MOVED, List.of());
    }
    var copy = found.orElseThrow();
    var counts = new HashMap<String, Objection>();
    for (var member : zones.keySet()) {
      if (!member.equals(copy.at) && !leaving.contains(member)) {
        var objections = objections(copy, member, copiesOf(copy), Set.of());
        if (objections.isEmpty()) {
          return new Explained(asked, Answer.CAN_GO, List.of());
        }
        objections.forEach((decider, words) ->
            counts.merge(
                decider,
                new Objection(decider, words, 1),
                (before, more) -> new Objection(decider, words, before.members() + 1)));
      }
    }
    var told =
        counts.values().stream()
            .sorted(
                Comparator.comparing(Objection::members)
                    .reversed()
                    .thenComparing(Objection::decider))
            .toList();
    return new Explained(asked, Answer.STAYS, told);
  }
}
