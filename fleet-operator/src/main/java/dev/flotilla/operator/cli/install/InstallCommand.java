package dev.flotilla.operator.cli.install;

import dev.flotilla.operator.cli.call.Ends;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Exit;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `install`: prints what has to be applied, and asks nobody.
@Command(
    name = "install",
    description =
        "Print the manifests that install the operator, for kubectl apply --server-side -f -.")
public final class InstallCommand implements Callable<Integer>, Ends {

  private static final int LEAST_ZONES = 3;

  /// Where members are recorded; the constants are spelled as people type them.
  enum Store {
    /// In three operators or more, one in each zone.
    raft,
    /// In an etcd of the user.
    etcd,
    /// In one operator, which reads everything anew when it starts.
    memory
  }

  private final Surroundings surroundings;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description = "Where members are recorded: ${COMPLETION-CANDIDATES}. Default: raft.")
  private Store store = Store.raft;

  @Option(
      names = "--zones",
      paramLabel = "ZONE",
      split = ",",
      description = "With raft: zones of the operators, three or more, as the nodes name them.")
  private List<String> zones = List.of();

  @Option(
      names = "--storage-class",
      paramLabel = "NAME",
      description = "With raft: class of the operators' disks, in place of the default one.")
  private Optional<String> storageClass = Optional.empty();

  @Option(
      names = "--etcd-endpoints",
      paramLabel = "URL",
      description = "With etcd: http(s)://HOST:PORT, several with commas between them.")
  private Optional<String> endpoints = Optional.empty();

  @Option(
      names = "--etcd-secret",
      paramLabel = "NAME",
      description = "With etcd: Secret in flotilla-system with ca.crt, tls.crt and tls.key.")
  private Optional<String> secret = Optional.empty();

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      required = true,
      description = "The operator's image, by its digest: NAME@sha256:DIGEST")
  private String image = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  /// The command in these surroundings.
  public InstallCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public List<Exit> exits() {
    return List.of(Exit.DONE, Exit.USAGE);
  }

  @Override
  public Integer call() {
    var yaml = new KubernetesSerialization();
    var text =
        installation().withImage(image).objects().stream()
            .map(object -> yaml.asYaml(object).stripTrailing())
            .map(object -> object.startsWith("---") ? object : "---\n" + object)
            .collect(Collectors.joining("\n"));
    text.lines().forEach(surroundings.console().out()::println);
    return Exit.DONE.code();
  }

  private Installation installation() {
    var standard = Installation.standard();
    return switch (store) {
      case memory -> standard;
      case etcd ->
          new UsersEtcd(
                  endpoints.orElseThrow(
                      () -> wrong("--store etcd needs --etcd-endpoints http(s)://HOST:PORT")),
                  secret)
              .in(standard);
      case raft -> {
        if (new TreeSet<>(zones).size() < LEAST_ZONES) {
          throw wrong(
              "--store raft needs --zones with at least three zones, was \"%s\""
                  .formatted(String.join(",", zones)));
        }
        yield new Voters(new TreeSet<>(zones), storageClass).in(standard);
      }
    };
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
