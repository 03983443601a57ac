package dev.flotilla.operator.cli.about;

import dev.flotilla.operator.cli.about.Versions.Difference;
import dev.flotilla.operator.cli.call.CommonOptions;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.call.Verb;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.kube.render.Labels;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `version`: of this program, and with `--check-skew` of what it talks to.
///
/// Without it nothing is asked, so that it answers at once and everywhere.
@Command(
    name = "version",
    description = "Tell which version this is, and whether it fits the operator's.")
public final class VersionCommand extends Verb {

  private static final String GROUP = "flotilla.dev";
  private static final String SERVED = "flotilla.dev/v1alpha1";
  private static final String VERSION_LABEL = "app.kubernetes.io/version";

  @Option(
      names = "--check-skew",
      description =
          "Ask the cluster too, and exit with 3 if operator or resources do not fit this program.")
  private boolean checkSkew;

  /// The command in these surroundings.
  public VersionCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public List<Exit> exits() {
    return List.of(Exit.DONE, Exit.FAULT, Exit.USAGE, Exit.REFUSED);
  }

  @Override
  protected Answer answer(Session session, CommonOptions common) {
    var client = own();
    if (!checkSkew) {
      return new Answer.Told(Exit.DONE, new Versions(client, "", List.of(), List.of()));
    }
    var skew = new ArrayList<Difference>();
    var resources = resources(session.kube());
    if (!resources.contains(SERVED)) {
      skew.add(
          new Difference(
              true,
              "the API server does not serve %s, which this program speaks; see flotilla install --help"
                  .formatted(SERVED)));
    }
    var operator = operator(session.kube(), skew);
    operator
        .filter(installed -> !release(installed).equals(release(client)))
        .ifPresent(installed ->
            skew.add(
                new Difference(
                    true,
                    "operator %s and client %s are of different releases; use the client of release %s"
                        .formatted(installed, client, release(installed)))));
    var versions = new Versions(client, operator.orElse(""), resources, skew);
    return new Answer.Told(versions.fit() ? Exit.DONE : Exit.REFUSED, versions);
  }

  /// The version of this program.
  static String own() {
    var properties = new Properties();
    try (var in = VersionCommand.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("the build puts version.properties beside this class");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  /// Everybody may ask which groups are served.
  private static List<String> resources(KubernetesClient kube) {
    return Optional.ofNullable(kube.getApiGroup(GROUP)).map(APIGroup::getVersions).stream()
        .flatMap(List::stream)
        .map(GroupVersionForDiscovery::getGroupVersion)
        .toList();
  }

  private static Optional<String> operator(KubernetesClient kube, List<Difference> skew) {
    try {
      var operators =
          kube.apps()
              .deployments()
              .inNamespace("flotilla-system")
              .withLabels(Labels.operators())
              .list()
              .getItems();
      if (operators.isEmpty()) {
        skew.add(new Difference(true, "no operator is installed; see flotilla install --help"));
        return Optional.empty();
      }
      var versions =
          operators.stream()
              .map(operator -> operator.getMetadata().getLabels().getOrDefault(VERSION_LABEL, ""))
              .filter(version -> !version.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new));
      if (versions.isEmpty()) {
        skew.add(new Difference(false, "the operator's Deployment has no label " + VERSION_LABEL));
      }
      if (versions.size() > 1) {
        skew.add(new Difference(false, "operators of several versions are installed: " + versions));
      }
      var version = versions.stream().findFirst();
      return version;
    } catch (KubernetesClientException e) {
      if (e.getCode() != 403) {
        throw e;
      }
      skew.add(
          new Difference(
              false,
              "the operator's version is not known: list on deployments.apps in flotilla-system is needed"));
      return Optional.empty();
    }
  }

  /// Versions of one release differ in the last number alone.
  private static String release(String version) {
    var parts = version.split("[.-]");
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }
}
