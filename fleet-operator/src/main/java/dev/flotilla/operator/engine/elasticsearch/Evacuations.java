package dev.flotilla.operator.engine.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.MemberName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads how far members are from holding nothing.
///
/// The state is taken from the elected voter itself where that has an address, because any other
/// member answers from its own copy. Bytes are asked of all members at once, so one that hangs
/// makes them unknown, and nothing else.
record Evacuations(InstantSource clock) {

  private static final Duration FOR_BYTES = Duration.ofSeconds(2);
  private static final int MAX_BYTES = 1024 * 1024;

  private static final String DISKS =
      "/_cat/allocation?format=json&bytes=b&h=node,disk.indices,disk.avail,disk.total";
  private static final String MOVES =
      "/_recovery?active_only=true&filter_path=*.shards.id,*.shards.target.id"
          + ",*.shards.index.size.recovered_in_bytes";

  /// @return Unknown if another member may be asked; an Unknown within ends it, because whoever is
  ///   asked next may believe the same wrong voter, or be it
  Reading<Reading<Evacuation>> read(Caller caller, Set<MemberName> leaving) {
    var readAt = clock.instant();
    return StateHead.health(caller)
        .then(health ->
            state(caller)
                .then(state -> {
                  var vouched = vouched(caller, state);
                  return new Reading.Known<>(
                      vouched.then(elected ->
                          new Reading.Known<>(
                              evacuation(health, elected, usage(caller, elected), leaving),
                              readAt)),
                      readAt);
                }));
  }

  /// The state of the voter that a member follows, if it can be asked.
  private static Reading<EngineState> vouched(Caller caller, EngineState state) {
    return state
        .name(state.elected())
        .filter(elected -> !elected.equals(caller.member().value()))
        .flatMap(caller::at)
        .map(elected -> fromElected(elected, state))
        .orElse(new Reading.Known<>(state, Instant.EPOCH));
  }

  private static Reading<EngineState> fromElected(Caller elected, EngineState before) {
    return switch (state(elected)) {
      case Reading.Unknown<EngineState>(var why) ->
          new Reading.Unknown<>("%s, which was elected, %s".formatted(elected.member(), why));
      case Reading.Known<EngineState>(var state, var readAt)
          when state.evidence().isAtLeast(before.evidence()) ->
          new Reading.Known<>(state, readAt);
      case Reading.Known<EngineState> older ->
          new Reading.Unknown<>(
              "%s, which was elected, knows an older state".formatted(elected.member()));
    };
  }

  private static Reading<EngineState> state(Caller caller) {
    return caller
        .read(EngineState.PATH, EngineState.MAX_BYTES, EngineState::parse)
        .then(state ->
            StateHead.own(caller, state.evidence())
                .then(own -> new Reading.Known<>(state, Instant.EPOCH)));
  }

  private static Evacuation evacuation(
      EngineReport.Health health,
      EngineState state,
      Map<String, Evacuation.Usage> usage,
      Set<MemberName> leaving) {
    Map<String, Long> copies =
        state.rows().stream()
            .flatMap(row -> row.node().stream())
            .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    var seats =
        state.nodes().entrySet().stream()
            .map(node ->
                new Evacuation.Seat(
                    node.getValue().name(),
                    node.getKey(),
                    node.getValue().ephemeral(),
                    copies.getOrDefault(node.getKey(), 0L).intValue(),
                    Optional.ofNullable(usage.get(node.getValue().name()))))
            .sorted(Comparator.comparing(Evacuation.Seat::name))
            .toList();
    var names = leaving.stream().map(MemberName::value).collect(Collectors.toSet());
    return new Evacuation(
        state.evidence(),
        health,
        seats,
        copies(state).stream()
            .filter(copy -> copy.at().filter(names::contains).isPresent())
            .toList(),
        copies(state).stream().filter(copy -> copy.at().isEmpty()).toList(),
        new TreeSet<>(state.voters()),
        state.keptFromVoting());
  }

  private static List<Evacuation.Copy> copies(EngineState state) {
    return state.rows().stream()
        .map(row ->
            new Evacuation.Copy(
                row.index(),
                row.shard(),
                row.primary(),
                row.node().map(id -> state.name(id).orElse(id)),
                row.leaving() ? row.other().map(id -> state.name(id).orElse(id)) : Optional.empty(),
                row.reason()))
        .sorted(
            Comparator.comparing(Evacuation.Copy::index)
                .thenComparingInt(Evacuation.Copy::shard)
                .thenComparing(copy -> !copy.primary()))
        .toList();
  }

  /// By the names of members; whoever is left out did not say it in time.
  private static Map<String, Evacuation.Usage> usage(Caller caller, EngineState state) {
    var quick = caller.patient(FOR_BYTES);
    boolean moving = state.rows().stream().anyMatch(EngineState.Row::leaving);
    var moves =
        moving
            ? quick.read(MOVES, MAX_BYTES, Evacuations::moves).known()
            : Optional.of(Map.<Arrival, Long>of());
    var usage = new HashMap<String, Evacuation.Usage>();
    var disks = quick.read(DISKS, MAX_BYTES, Evacuations::disks).known();
    if (moves.isPresent() && disks.isPresent()) {
      state
          .nodes()
          .forEach((id, node) ->
              Optional.ofNullable(disks.orElseThrow().get(node.name()))
                  .ifPresent(disk ->
                      usage.put(
                          node.name(),
                          new Evacuation.Usage(
                              disk.shards(),
                              copied(state, id, moves.orElseThrow()),
                              disk.free(),
                              disk.total()))));
    }
    return usage;
  }

  private record Disk(long shards, long free, OptionalLong total) {}

  private static Reading<Map<String, Disk>> disks(byte[] body) {
    try {
      var tree = Json.tree(body);
      Json.require(tree.isArray());
      var disks = new HashMap<String, Disk>();
      for (var row : tree) {
        var shards = number(row.path("disk.indices"));
        var free = number(row.path("disk.avail"));
        if (shards.isPresent() && free.isPresent()) {
          disks.put(
              Json.text(row.path("node")),
              new Disk(shards.getAsLong(), free.getAsLong(), number(row.path("disk.total"))));
        }
      }
      return new Reading.Known<>(disks, Instant.EPOCH);
    } catch (IOException | NumberFormatException e) {
      return new Reading.Unknown<>("answered something that is not its disks");
    }
  }

  private static OptionalLong number(JsonNode text) {
    return text.isTextual()
        ? OptionalLong.of(Long.parseLong(text.textValue()))
        : OptionalLong.empty();
  }

  /// A copy that comes to a member.
  private record Arrival(String index, int shard, String node) {}

  /// How much has arrived elsewhere of the copies that leave a member. Whose they are only the
  /// state says: what is sent comes from the member that has the primary.
  private static long copied(EngineState state, String id, Map<Arrival, Long> moves) {
    return state.rows().stream()
        .filter(row -> row.leaving() && row.node().equals(Optional.of(id)))
        .flatMap(row -> row.other().stream().map(to -> new Arrival(row.index(), row.shard(), to)))
        .mapToLong(arrival -> moves.getOrDefault(arrival, 0L))
        .sum();
  }

  private static Reading<Map<Arrival, Long>> moves(byte[] body) {
    try {
      var moved = new HashMap<Arrival, Long>();
      for (var index : Json.tree(body).properties()) {
        for (var shard : index.getValue().path("shards")) {
          var to = shard.at("/target/id").asText();
          long bytes = shard.at("/index/size/recovered_in_bytes").asLong(0);
          moved.put(
              new Arrival(index.getKey(), shard.path("id").asInt(-1), to), Math.max(0, bytes));
        }
      }
      return new Reading.Known<>(moved, Instant.EPOCH);
    } catch (IOException e) {
      return new Reading.Unknown<>("answered something that is not its moves");
    }
  }
}
