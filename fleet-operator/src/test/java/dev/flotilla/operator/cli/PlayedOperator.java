package dev.flotilla.operator.cli;

import dev.flotilla.operator.core.plan.Forecast;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.document.ClusterPlan;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.PlanSheet;
import dev.flotilla.operator.document.Refusal;
import dev.flotilla.operator.wire.ViewFile;

/// What an API server answers behind which an operator is asked about `shop/search`.
public final class PlayedOperator {

  /// Where it says how to ask.
  public static final String SIGNPOST =
      "/api/v1/namespaces/flotilla-system/configmaps/operator-api";

  /// Where it is asked, up to `view` or `plan`.
  public static final String BEHIND =
      "/api/v1/namespaces/flotilla-system/services/https:operator:api/proxy"
          + "/v1/clusters/shop/search/";

  private PlayedOperator() {}

  /// It sees this.
  public static void sees(PlayedApiServer server, ClusterView view) {
    announce(server);
    server.answer(BEHIND + "view", ViewFile.json(view));
    server.answer(
        BEHIND + "plan", Documents.json(new ClusterPlan(PlanSheet.of(view, Forecast.of(view)))));
  }

  /// It refuses to answer.
  public static void refuses(PlayedApiServer server, int code, String message) {
    announce(server);
    server.answer(BEHIND + "plan", code, Documents.json(new Refusal(message)));
  }

  private static void announce(PlayedApiServer server) {
    server.answer(
        SIGNPOST,
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"operator-api"},\
        "data":{"word":"w","certificate":"c"}}
        """);
  }
}
