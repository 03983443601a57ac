package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

  /// With many members, some are left for the next time rather than all asked in haste.
  private static final Duration LEAST_SHARE = Duration.ofSeconds(2);

  private static final int MAX_HEALTH_BYTES = 64 * 1024;

  /// About 200 bytes for each copy of a shard: enough for 20,000 of them.
  private static final int MAX_STATE_BYTES = 4 * 1024 * 1024;

  private static final int MAX_COMPLAINTS = 3;

  private static final String HEALTH =
      "/_cluster/health?master_timeout=2s&filter_path=status,timed_out";

  /// The shards' lists are not filtered further: a filter drops what is empty, and an absent list
  /// would look like an empty one.
  private static final String STATE =
      "/_cluster/state/version,master_node,nodes,routing_nodes"
          + "?filter_path=cluster_uuid,master_node,nodes.*.name,nodes.*.version"
          + ",routing_nodes.nodes";

  private final InstantSource clock;
  private final Duration deadline;
  private final KnownTenants tenants;
  private final SharedClient client;

  /// @param clock when a report was read
  public ElasticsearchEngine(InstantSource clock) {
    this(clock, ElasticsearchProfile.HTTP_PORT, DEADLINE);
  }

  /// @param port that every member listens on
  /// @param deadline of one observation
  ElasticsearchEngine(InstantSource clock, int port, Duration deadline) {
    this.clock = clock;
    this.deadline = deadline;
    this.tenants = new KnownTenants();
    this.client = new SharedClient(tenants, port);
  }

  @Override
  public Reading<EngineReport> observe(StopSignal stop, Access access) {
    if (access.addresses().isEmpty()) {
      return new Reading.Unknown<>("none of its members has an address");
    }
    return switch (tenants.enter(access)) {
      case KnownTenants.Entry.Refused(var why) -> new Reading.Unknown<>(why);
      case KnownTenants.Entry.Entered(var visit) -> {
        try (visit) {
          if (visit.authorityChanged()) {
            client.closeIdle();
          }
          yield askInTurn(stop, access, visit);
        }
      }
    };
  }

  /// Asks one member after the other, beginning with the one that answered last.
  private Reading<EngineReport> askInTurn(
      StopSignal stop, Access access, KnownTenants.Visit visit) {
    var members = inTurn(List.copyOf(access.addresses().keySet()), visit.beginWith());
    var patience = Patience.of(deadline);
    var complaints = new ArrayList<String>();
    for (int i = 0; i < members.size() && !stop.isStopped() && !patience.isOver(); i++) {
      var member = members.get(i);
      var share = patience.share(members.size() - i, LEAST_SHARE);
      var reading = ask(stop, new Caller(access, member, share));
      switch (reading) {
        case Reading.Known<EngineReport> known -> {
          visit.rememberFirst(member);
          return known;
        }
        case Reading.Unknown<EngineReport>(var why) -> {
          visit.rememberFirst(members.get((i + 1) % members.size()));
          complaints.add(member + " " + why);
        }
      }
    }
    return new Reading.Unknown<>(
        stop.isStopped() ? "asking it was stopped" : summary(complaints, members.size()));
  }

  private static List<MemberName> inTurn(List<MemberName> members, MemberName first) {
    return Stream.concat(
            members.stream().filter(member -> member.compareTo(first) >= 0),
            members.stream().filter(member -> member.compareTo(first) < 0))
        .toList();
  }

  private static String summary(List<String> complaints, int members) {
    var told =
        String.join("; ", complaints.subList(0, Math.min(complaints.size(), MAX_COMPLAINTS)));
    int untold = members - Math.min(complaints.size(), MAX_COMPLAINTS);
    return untold > 0 ? "%s; %d more".formatted(told, untold) : told;
  }

  /// Whom to ask, with what, for how long.
  private record Caller(ClusterRef cluster, MemberName member, String password, Patience patience) {

    Caller(Access access, MemberName member, Patience patience) {
      this(
          access.cluster(),
          member,
          access.tenant().files().getOrDefault(TenantFiles.OPERATOR_PASSWORD, ""),
          patience);
    }

    SharedClient.Question question(String path, int maxBytes) {
      return new SharedClient.Question(HostNames.of(cluster, member), path, password, maxBytes);
    }
  }

  private Reading<EngineReport> ask(StopSignal stop, Caller caller) {
    var readAt = clock.instant();
    var health = client.get(stop, caller.question(HEALTH, MAX_HEALTH_BYTES), caller.patience());
    return switch (health) {
      case SharedClient.Answer.None(var why) -> new Reading.Unknown<>(why);
      case SharedClient.Answer.Refused(var status) -> new Reading.Unknown<>(refusal(status));
      case SharedClient.Answer.Content(var body) ->
          switch (ReportParser.health(body)) {
            case Reading.Unknown<EngineReport.Health>(var why) -> new Reading.Unknown<>(why);
            case Reading.Known<EngineReport.Health>(var colour, var ignored) ->
                askForState(stop, caller, colour, readAt);
          };
    };
  }

  private Reading<EngineReport> askForState(
      StopSignal stop, Caller caller, EngineReport.Health health, Instant readAt) {
    var state = client.get(stop, caller.question(STATE, MAX_STATE_BYTES), caller.patience());
    return switch (state) {
      case SharedClient.Answer.None(var why) -> new Reading.Unknown<>(why);
      case SharedClient.Answer.Refused(var status) -> new Reading.Unknown<>(refusal(status));
      case SharedClient.Answer.Content(var body) -> ReportParser.report(health, body, readAt);
    };
  }

  private static String refusal(int status) {
    return switch (status) {
      case 401 -> "does not accept the operator's log-in (401)";
      case 403 -> "does not let the operator's log-in read its state (403)";
      case 503 -> "sees no elected voter (503)";
      default -> "answered %d when asked how it is".formatted(status);
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
