package dev.flotilla.operator.cli.install;

import dev.flotilla.operator.kube.render.Labels;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Operators that keep the store in an etcd of the user: three of them, in different zones where
/// there are three.
///
/// @param endpoints `http(s)://HOST:PORT`, with commas between them
/// @param secret in the operator's namespace, with `ca.crt`, `tls.crt` and `tls.key`; empty where
///   etcd is spoken to without TLS
public record UsersEtcd(String endpoints, Optional<String> secret) {

  private static final int REPLICAS = 3;
  private static final String FOLDER = "/etc/flotilla/etcd";
  private static final String FILES = "etcd";

  /// The installation with these operators in place of one whose store is in memory.
  public Installation in(Installation installation) {
    return installation.withDeployments(single -> {
      var spread =
          new DeploymentBuilder(single)
              .editSpec()
              .withReplicas(REPLICAS)
              .editTemplate()
              .editSpec()
              .addNewTopologySpreadConstraint()
              .withMaxSkew(1)
              .withTopologyKey(Labels.NODE_ZONE)
              .withWhenUnsatisfiable("ScheduleAnyway")
              .withLabelSelector(single.getSpec().getSelector())
              .endTopologySpreadConstraint()
              .editFirstContainer()
              .addAllToEnv(variables())
              .endContainer()
              .endSpec()
              .endTemplate()
              .endSpec()
              .build();
      return Stream.of(
          secret
              .map(name ->
                  new DeploymentBuilder(spread)
                      .editSpec()
                      .editTemplate()
                      .editSpec()
                      .addNewVolume()
                      .withName(FILES)
                      .withNewSecret()
                      .withSecretName(name)
                      .endSecret()
                      .endVolume()
                      .editFirstContainer()
                      .addNewVolumeMount()
                      .withName(FILES)
                      .withMountPath(FOLDER)
                      .withReadOnly(true)
                      .endVolumeMount()
                      .endContainer()
                      .endSpec()
                      .endTemplate()
                      .endSpec()
                      .build())
              .orElse(spread));
    });
  }

  private List<EnvVar> variables() {
    var variables = new ArrayList<EnvVar>();
    variables.add(Installation.variable("FLOTILLA_STORE", "etcd"));
    variables.add(Installation.variable("FLOTILLA_ETCD_ENDPOINTS", endpoints));
    if (secret.isPresent()) {
      variables.add(Installation.variable("FLOTILLA_ETCD_CA", FOLDER + "/ca.crt"));
      variables.add(Installation.variable("FLOTILLA_ETCD_CERT", FOLDER + "/tls.crt"));
      variables.add(Installation.variable("FLOTILLA_ETCD_KEY", FOLDER + "/tls.key"));
    }
    return variables;
  }
}
