package dev.flotilla.operator.cli;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// `status [CLUSTER]`: what is wrong, and what is going on.
///
/// Exit codes: 0 all is well · 1 the API server cannot be reached · 2 wrong usage · 3 something
/// needs a person · 4 not finished, with `--exit-code` · 5 no such database · 6 not allowed.
public final class Status {

  private static final int UNREACHABLE = 1;
  private static final int USAGE = 2;
  private static final int UNHEALTHY = 3;
  private static final int UNFINISHED = 4;
  private static final int ABSENT = 5;
  private static final int FORBIDDEN = 6;
  private static final int HTTP_FORBIDDEN = 403;
  private static final int HTTP_NOT_FOUND = 404;

  private final KubernetesClient client;
  private final PrintStream out;
  private final PrintStream err;

  /// @param out for the answer
  /// @param err for everything else
  public Status(KubernetesClient client, PrintStream out, PrintStream err) {
    this.client = client;
    this.out = out;
    this.err = err;
  }

  /// Prints the answer.
  ///
  /// @return the exit code
  public int run(StatusOptions options) {
    try {
      return options.cluster == null ? fleet(options) : cluster(options, options.cluster);
    } catch (KubernetesClientException e) {
      return failed(e);
    }
  }

  private int fleet(StatusOptions options) {
    var clusters = client.resources(DatabaseCluster.class);
    var found =
        options.namespace == null
            ? clusters.inAnyNamespace().list()
            : clusters.inNamespace(options.namespace).list();
    var fleet = found.getItems().stream().map(ClusterSheet::of).toList();
    if (options.json()) {
      out.println(SheetJson.of(fleet));
    } else {
      new FleetText(unicode(options), Instant.now()).lines(fleet).forEach(out::println);
    }
    return exit(fleet, options);
  }

  private int cluster(StatusOptions options, String name) {
    var parts = List.of(name.split("/", -1));
    if (parts.size() > 2 || parts.stream().anyMatch(String::isEmpty)) {
      err.println("error: '" + name + "' is neither NAME nor NAMESPACE/NAME");
      return USAGE;
    }
    if (parts.size() == 2 && options.namespace != null && !options.namespace.equals(parts.get(0))) {
      err.println("error: '" + name + "' and -n " + options.namespace + " name two namespaces");
      return USAGE;
    }
    var namespace = parts.size() == 2 ? parts.getFirst() : namespace(options);
    var found =
        Optional.ofNullable(
            client
                .resources(DatabaseCluster.class)
                .inNamespace(namespace)
                .withName(parts.getLast())
                .get());
    if (found.isEmpty()) {
      err.println("error: there is no database " + namespace + "/" + parts.getLast());
      err.println(" fix  ./flotilla status   (lists all)");
      return ABSENT;
    }
    var sheet = ClusterSheet.of(found.get());
    if (options.json()) {
      out.println(SheetJson.of(sheet));
    } else {
      new ClusterText(unicode(options), Instant.now()).lines(sheet).forEach(out::println);
    }
    return exit(List.of(sheet), options);
  }

  private String namespace(StatusOptions options) {
    return Optional.ofNullable(options.namespace)
        .or(() -> Optional.ofNullable(client.getNamespace()))
        .orElse("default");
  }

  private static int exit(List<ClusterSheet> sheets, StatusOptions options) {
    if (sheets.stream().anyMatch(sheet -> sheet.verdict() == Verdict.PROBLEM)) {
      return UNHEALTHY;
    }
    boolean finished = sheets.stream().allMatch(sheet -> sheet.verdict() == Verdict.FINE);
    return options.exitCode && !finished ? UNFINISHED : 0;
  }

  private boolean unicode(StatusOptions options) {
    return !options.plain && out.charset().equals(StandardCharsets.UTF_8);
  }

  private int failed(KubernetesClientException failure) {
    switch (failure.getCode()) {
      case HTTP_FORBIDDEN -> {
        err.println("error: not allowed: get and list on databaseclusters.flotilla.dev are needed");
        return FORBIDDEN;
      }
      case HTTP_NOT_FOUND -> {
        err.println("error: this cluster does not know databases: flotilla is not installed");
        err.println(" fix  ./flotilla demo, or kubectl apply -f install/");
        return ABSENT;
      }
      default -> {
        err.println(
            "error: the API server at %s gives no answer: %s"
                .formatted(client.getMasterUrl(), cause(failure)));
        return UNREACHABLE;
      }
    }
  }

  private static String cause(Throwable failure) {
    var deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return Objects.requireNonNullElse(deepest.getMessage(), deepest.getClass().getSimpleName());
  }
}
