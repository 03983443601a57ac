package dev.flotilla.operator.cli.status;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.cli.call.CommonOptions;
import dev.flotilla.operator.cli.call.DatabaseName;
import dev.flotilla.operator.cli.call.HomeCluster;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.call.Verb;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `status [CLUSTER]`: what is wrong, and what is going on.
@Command(
    name = "status",
    description = "Tell how a database is, or all of them: what is wrong, and what is going on.")
public final class StatusCommand extends Verb {

  /// A fleet comes in parts, so that none of them takes longer than the deadline of a request.
  private static final long PAGE = 500;

  /// A part of the fleet.
  private interface Listing {
    KubernetesResourceList<DatabaseCluster> page(ListOptions options);
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "CLUSTER",
      converter = DatabaseName.Converter.class,
      description = "A database, as NAMESPACE/NAME or NAME; without it, all of them.")
  private @Nullable DatabaseName database;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Look at all namespaces, as it does without -n.")
  private boolean everywhere;

  @Option(
      names = "--exit-code",
      description = "Exit with 4 if nothing is wrong but something is not finished.")
  private boolean exitCode;

  /// The command in these surroundings.
  public StatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected Answer answer(Session session, CommonOptions common) {
    var client = session.kube();
    var home = session.homeCondition();
    home.map(HomeCluster.Condition::line)
        .ifPresent(common.form().isForPrograms() ? session::hint : session.console()::say);
    var answer = database == null ? fleet(client, common) : one(session, database);
    return switch (answer) {
      case Answer.Told told ->
          new Answer.Told(
              worse(told.exit(), home.map(HomeCluster.Condition::exit)), told.printing());
      case Answer.Failed failed -> failed;
    };
  }

  private Answer fleet(KubernetesClient client, CommonOptions common) {
    var clusters = client.resources(DatabaseCluster.class);
    var asked =
        common
            .namespace()
            .filter(namespace -> !everywhere)
            .<Listing>map(namespace -> page -> clusters.inNamespace(namespace).list(page))
            .orElse(page -> clusters.inAnyNamespace().list(page));
    var fleet = new ArrayList<ClusterSheet>();
    String next = null;
    do {
      var page = asked.page(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
      page.getItems().stream().map(ClusterSheet::of).forEach(fleet::add);
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    return new Answer.Told(exit(fleet), new FleetStatus(fleet));
  }

  private Answer one(Session session, DatabaseName name) {
    var namespace = session.namespaceOf(name);
    return session
        .database(namespace, name.name())
        .map(ClusterSheet::of)
        .<Answer>map(sheet -> new Answer.Told(exit(List.of(sheet)), new ClusterStatus(sheet)))
        .orElseGet(() -> session.absent(namespace, name.name()));
  }

  /// What databases say, or the cluster below them, whichever is worse.
  private static Exit worse(Exit databases, Optional<Exit> cluster) {
    return cluster.filter(below -> below.compareTo(databases) > 0).orElse(databases);
  }

  private Exit exit(List<ClusterSheet> sheets) {
    if (sheets.stream().anyMatch(sheet -> sheet.verdict() == Verdict.PROBLEM)) {
      return Exit.REFUSED;
    }
    boolean finished = sheets.stream().allMatch(sheet -> sheet.verdict() == Verdict.FINE);
    return exitCode && !finished ? Exit.PENDING : Exit.DONE;
  }
}
