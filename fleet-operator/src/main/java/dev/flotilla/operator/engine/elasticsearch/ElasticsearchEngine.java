package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// Asks Elasticsearch over TLS, with each tenant's own authority and log-in, how it is.
///
/// Any member may be asked. Its health comes first, because only the elected voter can answer that;
/// the cluster's state then comes from the member's own copy, which answers even when it is old. So
/// the state counts only behind an answered health, and only if it names an elected voter.
///
/// Never throws because of what an engine does, and believes nothing that it cannot parse as a
/// whole. Close it when nobody calls it any more.
///
/// Source: docs/adr/0012-one-client-for-all-engines.md
public final class ElasticsearchEngine implements EnginePort {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /// About 200 bytes for each copy of a shard: enough for 20,000 of them.
  private static final int MAX_STATE_BYTES = 4 * 1024 * 1024;

  /// The shards' lists are not filtered further: a filter drops what is empty, and an absent list
  /// would look like an empty one.
  private static final String STATE =
      "/_cluster/state/version,master_node,nodes,routing_nodes"
          + "?filter_path=cluster_uuid,master_node,nodes.*.name,nodes.*.version"
          + ",routing_nodes.nodes";

  private final InstantSource clock;
  private final SharedClient client;
  private final Turns turns;

  /// @param clock when a report was read
  public ElasticsearchEngine(InstantSource clock) {
    this(clock, ElasticsearchProfile.HTTP_PORT, DEADLINE);
  }

  /// @param port that every member listens on
  /// @param deadline of one observation
  ElasticsearchEngine(InstantSource clock, int port, Duration deadline) {
    this.clock = clock;
    var tenants = new KnownTenants();
    this.client = new SharedClient(tenants, port);
    this.turns = new Turns(tenants, client, deadline);
  }

  @Override
  public Reading<EngineReport> observe(StopSignal stop, Access access) {
    return turns.ask(stop, access, "", this::report);
  }

  private Reading<EngineReport> report(Caller caller) {
    var readAt = clock.instant();
    return StateHead.health(caller)
        .then(health ->
            caller.read(STATE, MAX_STATE_BYTES, body -> ReportParser.report(health, body, readAt)));
  }

  @Override
  public Reading<EngineMarks> listMarks(StopSignal stop, Access access, Errand errand) {
    return turns.ask(stop, access, errand.toString(), new Marks(clock)::list);
  }

  @Override
  public MarkResult sync(StopSignal stop, Access access, Errand errand, MarkOrder order) {
    var marks = new Marks(clock);
    return switch (turns.ask(
        stop, access, errand.toString(), caller -> marks.sync(caller, order))) {
      case Reading.Known<MarkResult>(var result, var readAt) -> result;
      case Reading.Unknown<MarkResult>(var why) -> new MarkResult.Refused(why);
    };
  }

  @Override
  public Reading<Evacuation> evacuation(
      StopSignal stop, Access access, Errand errand, Set<MemberName> leaving) {
    var evacuations = new Evacuations(clock);
    return turns
        .ask(stop, access, errand.toString(), caller -> evacuations.read(caller, leaving))
        .then(reading -> reading);
  }

  @Override
  public Reading<List<Explained>> explain(
      StopSignal stop,
      Access access,
      Errand errand,
      List<Evacuation.Copy> copies,
      Set<MemberName> leaving) {
    var explanations = new Explanations(clock);
    return turns.ask(
        stop, access, errand.toString(), caller -> explanations.explain(caller, copies, leaving));
  }

  @Override
  public void close() {
    client.close();
  }
}
