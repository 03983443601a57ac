package dev.flotilla.operator.cli.call;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Console;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.time.Instant;
import java.util.Optional;

/// One call of a command: where it prints, and the cluster that it looks at.
///
/// Requests are never repeated by themselves and end by the deadline of `--request-timeout`.
public final class Session implements AutoCloseable {

  private final Surroundings surroundings;
  private final CommonOptions options;
  private final Console console;
  private Optional<KubernetesClient> client = Optional.empty();

  Session(Surroundings surroundings, CommonOptions options) {
    this.surroundings = surroundings;
    this.options = options;
    var given = surroundings.console();
    console =
        new Console(
            given.out(),
            given.err(),
            options.fitted(given.outTerminal()),
            options.fitted(given.errTerminal()));
  }

  /// What to type for this program.
  public String program() {
    return surroundings.program();
  }

  /// Where to print.
  public Console console() {
    return console;
  }

  /// The time of this call.
  public Instant now() {
    return surroundings.clock().instant();
  }

  /// How the cluster is that is meant when none is named; empty if one is named.
  public Optional<HomeCluster.Condition> homeCondition() {
    return isNamed() ? Optional.empty() : surroundings.home().condition();
  }

  /// A client of the cluster.
  ///
  /// @throws CallFailure if there is no cluster, or the kubeconfig cannot be used
  public KubernetesClient kube() {
    if (client.isEmpty()) {
      client = Optional.of(new KubernetesClientBuilder().withConfig(config()).build());
    }
    return client.get();
  }

  /// Requests to the API server as they are.
  public RawRequests requests() {
    return new RawRequests(kube(), options.timeout());
  }

  /// The acting operator.
  public OperatorApi operator(OperatorOptions how) {
    return new OperatorApi(kube(), requests(), how, options.timeout());
  }

  /// The namespace that is meant when nothing names one.
  public String namespace() {
    return options
        .namespace()
        .or(() -> Optional.ofNullable(kube().getNamespace()))
        .orElse("default");
  }

  /// The namespace of a database: from its name, `-n`, or the kubeconfig.
  ///
  /// @throws CallFailure if the name and `-n` disagree
  public String namespaceOf(DatabaseName database) {
    var both =
        database.namespace().filter(space -> !options.namespace().orElse(space).equals(space));
    if (both.isPresent()) {
      throw new CallFailure(
          Exit.USAGE,
          Problem.of(
              "'%s' and -n %s name two namespaces"
                  .formatted(database, options.namespace().orElseThrow())));
    }
    return database.namespace().orElseGet(this::namespace);
  }

  /// A database's resource; empty if there is none.
  public Optional<DatabaseCluster> database(String namespace, String name) {
    return Optional.ofNullable(
        kube().resources(DatabaseCluster.class).inNamespace(namespace).withName(name).get());
  }

  /// The answer of a command that was asked for a database that is not there.
  public Answer absent(String namespace, String name) {
    return Answer.failed(
        Exit.ABSENT,
        Problem.of(
            "there is no database " + namespace + "/" + name, program() + " status   (lists all)"));
  }

  /// Says something beside the answer, unless hints are unwanted.
  public void hint(String line) {
    if (!options.quiet()) {
      console.aside(line);
    }
  }

  @Override
  public void close() {
    client.ifPresent(KubernetesClient::close);
  }

  private boolean isNamed() {
    return options.kubeconfig().isPresent() || options.context().isPresent();
  }

  private Config config() {
    var config = isNamed() ? named() : home();
    config.setRequestRetryBackoffLimit(0);
    config.setRequestTimeout((int) options.timeout().toMillis());
    // As lines of an ordinary answer, which pass every proxy.
    config.setOnlyHttpWatches(true);
    config.setConnectionTimeout((int) options.timeout().toMillis());
    options.as().ifPresent(config::setImpersonateUsername);
    return config;
  }

  private Config home() {
    return surroundings
        .home()
        .config()
        .orElseThrow(() ->
            new CallFailure(
                Exit.ABSENT,
                Problem.of(
                    surroundings
                        .home()
                        .condition()
                        .map(HomeCluster.Condition::line)
                        .orElse("no cluster is known"))));
  }

  private Config named() {
    var context = options.context().orElse(null);
    var file = options.kubeconfig().map(path -> path.toFile());
    try {
      var config =
          file.isPresent()
              ? Config.fromKubeconfig(context, readable(file.get()))
              : Config.autoConfigure(context);
      if (context != null
          && (config.getCurrentContext() == null
              || !context.equals(config.getCurrentContext().getName()))) {
        throw new CallFailure(
            Exit.USAGE,
            Problem.of(
                "the kubeconfig has no context '" + context + "'", "kubectl config get-contexts"));
      }
      return config;
    } catch (RuntimeException e) {
      if (e instanceof CallFailure) {
        throw e;
      }
      throw new CallFailure(
          Exit.USAGE, Problem.of("the kubeconfig cannot be used: " + e.getMessage()));
    }
  }

  private static File readable(File file) {
    if (!file.canRead()) {
      throw new CallFailure(Exit.USAGE, Problem.of("the kubeconfig " + file + " cannot be read"));
    }
    return file;
  }
}
