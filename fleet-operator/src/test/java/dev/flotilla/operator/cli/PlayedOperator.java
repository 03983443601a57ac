package dev.flotilla.operator.cli;

import dev.flotilla.operator.api.ServerIdentity;
import dev.flotilla.operator.core.Drawing;
import dev.flotilla.operator.core.plan.Forecast;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.document.ClusterPlan;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.PlanSheet;
import dev.flotilla.operator.document.Refusal;
import dev.flotilla.operator.wire.ViewFile;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

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
    sees(server, "shop", view);
  }

  /// It sees this of the database `search` in that namespace.
  public static void sees(PlayedApiServer server, String namespace, ClusterView view) {
    announce(server);
    server.answer(behind(namespace) + "view", ViewFile.json(view));
    server.answer(
        behind(namespace) + "plan",
        Documents.json(new ClusterPlan(PlanSheet.of(view, Forecast.of(view)))));
  }

  /// It refuses to answer.
  public static void refuses(PlayedApiServer server, int code, String message) {
    refuses(server, "shop", code, message);
  }

  /// It refuses to answer about the database `search` in that namespace.
  public static void refuses(PlayedApiServer server, String namespace, int code, String message) {
    announce(server);
    server.answer(behind(namespace) + "plan", code, Documents.json(new Refusal(message)));
  }

  private static String behind(String namespace) {
    return BEHIND.replace("/shop/", "/" + namespace + "/");
  }

  /// It says how to ask, with a certificate that nobody can read.
  public static void announce(PlayedApiServer server) {
    announce(server, "w", "c");
  }

  /// It says how to ask, with a sound certificate.
  public static void announceSoundly(PlayedApiServer server) {
    var identity = ServerIdentity.create(new SecureRandom(), Instant.now());
    announce(server, identity.word(), identity.certificate());
  }

  /// It says how to ask.
  public static void announce(PlayedApiServer server, String word, String certificate) {
    server.answer(
        SIGNPOST,
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"operator-api"},\
        "data":{"word":"%s","certificate":"%s"}}
        """
            .formatted(word, certificate.replace("\n", "\\n")));
  }

  /// Documents in the place of a plan that this version does not read.
  public static List<String> notUnderstood() {
    var view = Drawing.situation(Drawing.LOST_POD);
    var plan = Documents.json(new ClusterPlan(PlanSheet.of(view, Forecast.of(view))));
    return List.of(
        plan.replace("\"CREATE\"", "\"REPLACE\""),
        plan.replaceAll("\"by\"|\"after\"", "\"other\""),
        "{\"kind\":\"Status\"}",
        "<html></html>",
        "null",
        "");
  }
}
