package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.Clusters;
import dev.flotilla.chaos.lab.ConfirmedDeletion;
import dev.flotilla.chaos.lab.Ended;
import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchEngine;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The local cluster with real kubelets and real engines, and an operator in this process.
///
/// An operator that was installed there rests meanwhile, because only the newest one acts.
final class RealWorld implements AutoCloseable {

  /// The kinds in which nothing secret may stand.
  static final String READABLE =
      "databaseclusters,databasepools,pods,persistentvolumeclaims,configmaps,services,"
          + "endpointslices,poddisruptionbudgets,events";

  private static final long SECONDS = 120;
  private static final String OPERATOR_LABEL = "app.kubernetes.io/component";

  final Lab lab;
  final KubernetesClient client;
  final AuditLog audit;

  /// Who acted before, as their store knows it: who acts here has a store of its own.
  private final Optional<ConfigMap> before;

  private final List<String> namespaces = new ArrayList<>();
  private final DetouredOperator own;

  RealWorld(Lab lab) {
    this.lab = lab;
    client = lab.client();
    audit = new AuditLog(lab.auditLog());
    own =
        new DetouredOperator(
            lab.kubeconfig(), () -> new ElasticsearchEngine(InstantSource.system()));
    Installed.prepare(client);
    rest();
    before = Optional.ofNullable(RunningOperator.storeMap(client).get());
  }

  private FilterWatchListDeletable<Deployment, DeploymentList, RollableScalableResource<Deployment>>
      deployments() {
    return client
        .apps()
        .deployments()
        .inNamespace(RunningOperator.NAMESPACE)
        .withLabel(OPERATOR_LABEL, "operator");
  }

  /// Lets the operators rest that are installed.
  private void rest() {
    scale(0);
    var pods =
        client.pods().inNamespace(RunningOperator.NAMESPACE).withLabel(OPERATOR_LABEL, "operator");
    for (var pod : pods.list().getItems()) {
      client.resource(pod).waitUntilCondition(Objects::isNull, SECONDS, TimeUnit.SECONDS);
    }
  }

  private void scale(int replicas) {
    deployments().resources().forEach(operator -> operator.scale(replicas));
  }

  /// Starts an operator; the one before has been ended.
  void start() throws IOException, InterruptedException {
    own.start();
  }

  /// Starts an operator that ends in a write.
  void start(LastWrite last) throws IOException, InterruptedException {
    var detour = new Detour(lab.kubeconfig());
    last.on(detour);
    own.start(detour);
  }

  /// The one that runs.
  RunningOperator operator() {
    return own.operator();
  }

  /// Ends the operator that runs, if one does. Whether it has failed is not asked: it may have been
  /// cut off on purpose.
  void end() throws IOException {
    own.end();
  }

  /// A tenant without anything, in a namespace of its own that is removed at the end.
  RealTenant tenant(String namespace) {
    remove(namespace);
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    namespaces.add(namespace);
    // Pods are refused until the namespace has its service account.
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName("default")
        .waitUntilCondition(Objects::nonNull, SECONDS, TimeUnit.SECONDS);
    return new RealTenant(client, new ClusterRef(namespace, "search"));
  }

  Ended kubectl(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            new Clusters(Places.ofThisMachine(System.getenv()), System.getenv()).kubectl());
    command.addAll(List.of(arguments));
    return Ended.of(command);
  }

  /// Objects as the API server tells whoever may read them.
  String told(String namespace, String kinds) throws IOException, InterruptedException {
    var told = kubectl("-n", namespace, "get", kinds, "-o", "yaml", "--show-managed-fields");
    assertThat(told.code()).isZero();
    return told.text();
  }

  private void remove(String namespace) {
    ConfirmedDeletion.confirm(client, namespace);
    client.namespaces().withName(namespace).delete();
    client
        .namespaces()
        .withName(namespace)
        .waitUntilCondition(Objects::isNull, SECONDS, TimeUnit.SECONDS);
  }

  /// Removes the tenants, for which an operator has to run.
  @Override
  public void close() throws IOException {
    try (client) {
      namespaces.forEach(namespace -> {
        ConfirmedDeletion.confirm(client, namespace);
        client.namespaces().withName(namespace).delete();
      });
      namespaces.forEach(this::remove);
      end();
      before.ifPresent(map ->
          RunningOperator.storeMap(client)
              .edit(now -> new ConfigMapBuilder(now).withData(map.getData()).build()));
      scale(1);
    }
  }
}
