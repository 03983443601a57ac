package dev.flotilla.operator.engine.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import java.io.IOException;
import java.time.Instant;

/// Which state a member has, and whether it may be believed.
///
/// A member answers settings and state from its own copy, which may be old. Its health comes from
/// the elected voter; only behind it is the copy asked for, and it must name a voter and belong to
/// the database that the tenant's Secret knows.
final class StateHead {

  private static final int MAX_BYTES = 64 * 1024;

  static final int MAX_HEALTH_BYTES = 64 * 1024;

  static final String HEALTH = "/_cluster/health?master_timeout=2s&filter_path=status,timed_out";

  private static final String HEAD =
      "/_cluster/state/version,master_node,metadata?filter_path=cluster_uuid,version,master_node"
          + ",metadata.cluster_coordination.term";

  private StateHead() {}

  static Reading<EngineReport.Health> health(Caller caller) {
    return caller.read(HEALTH, MAX_HEALTH_BYTES, ReportParser::health);
  }

  static Reading<EngineMarks.Evidence> read(Caller caller) {
    return health(caller)
        .then(health ->
            caller.read(HEAD, MAX_BYTES, body -> parse(body).then(head -> own(caller, head))));
  }

  /// Refuses the state of another database, such as one that was restored beside this one.
  static Reading<EngineMarks.Evidence> own(Caller caller, EngineMarks.Evidence evidence) {
    var uuid = evidence.clusterUuid();
    if (uuid.equals(ReportParser.NOT_FORMED)) {
      return new Reading.Unknown<>("has not been formed");
    }
    return caller.access().tenant().formed().filter(formed -> !formed.equals(uuid)).isPresent()
        ? new Reading.Unknown<>("belongs to another database than the tenant's")
        : new Reading.Known<>(evidence, Instant.EPOCH);
  }

  static Reading<EngineMarks.Evidence> parse(byte[] body) {
    try {
      return evidence(Json.tree(body));
    } catch (IOException e) {
      return new Reading.Unknown<>("answered something that is not its state");
    }
  }

  private static Reading<EngineMarks.Evidence> evidence(JsonNode head) throws IOException {
    if (!head.path("master_node").isTextual()) {
      return new Reading.Unknown<>("sees no elected voter");
    }
    var term = head.at("/metadata/cluster_coordination/term");
    var version = head.path("version");
    Json.require(term.isIntegralNumber() && version.isIntegralNumber());
    return new Reading.Known<>(
        new EngineMarks.Evidence(
            Json.text(head.path("cluster_uuid")), term.longValue(), version.longValue()),
        Instant.EPOCH);
  }
}
