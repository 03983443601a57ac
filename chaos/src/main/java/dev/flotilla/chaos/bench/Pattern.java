package dev.flotilla.chaos.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// The objects of one database that the operator has made, to be copied for others: the contenders
/// write what the operator writes, to the byte.
///
/// Copies carry labels of another domain, so that the operator does not look at them.
final class Pattern {

  /// The database whose objects are copied; its name is replaced wherever it stands.
  static final String NAME = "pattern";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final KubernetesSerialization OBJECTS = new KubernetesSerialization();
  private static final String OUR_DOMAIN = "flotilla.dev/";
  private static final String OTHER_DOMAIN = "bench.example.org/";
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /// What a claim, a pod or a service got from Kubernetes.
  private static final List<String> GIVEN =
      List.of("nodeName", "volumeName", "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");

  private final List<String> companions;
  private final List<String> claims;
  private final List<String> pods;

  /// Reads a database's objects; its pods must be there.
  Pattern(KubernetesClient client, String namespace) {
    companions =
        Stream.of(
                client.secrets().inNamespace(namespace).withLabel(MANAGED_BY).list().getItems(),
                client.configMaps().inNamespace(namespace).withLabel(MANAGED_BY).list().getItems(),
                client.services().inNamespace(namespace).withLabel(MANAGED_BY).list().getItems(),
                client
                    .policy()
                    .v1()
                    .podDisruptionBudget()
                    .inNamespace(namespace)
                    .withLabel(MANAGED_BY)
                    .list()
                    .getItems())
            .flatMap(Collection::stream)
            .map(Pattern::plain)
            .toList();
    claims =
        client.persistentVolumeClaims().inNamespace(namespace).list().getItems().stream()
            .map(Pattern::plain)
            .toList();
    pods =
        client.pods().inNamespace(namespace).list().getItems().stream()
            .map(Pattern::plain)
            .toList();
  }

  /// Secrets, settings, the service and the budget: what members and clients need beside pods and
  /// claims.
  List<HasMetadata> companions(String tenant) {
    return companions.stream().map(text -> copy(text, tenant)).toList();
  }

  /// Each pod after its claim.
  List<HasMetadata> bodies(String tenant) {
    var bodies = new ArrayList<HasMetadata>();
    for (int member = 0; member < pods.size(); member++) {
      bodies.add(copy(claims.get(member), tenant));
      bodies.add(copy(pods.get(member), tenant));
    }
    return bodies;
  }

  /// The same pods and claims as a StatefulSet that makes its pods all at once, and that spreads
  /// them over no zones: one template has no zone of its own for each pod.
  HasMetadata statefulSet(String tenant) {
    var pod = tree(pods.getFirst());
    var meta = (ObjectNode) pod.get("metadata");
    meta.remove("name");
    ((ObjectNode) meta.get("labels")).put("app", tenant);
    var spec = (ObjectNode) pod.get("spec");
    ((ObjectNode) spec.get("affinity")).remove("nodeAffinity");
    var volumes = spec.withArray("volumes");
    var claim = JSON.createObjectNode();
    for (int place = 0; place < volumes.size(); place++) {
      if (volumes.get(place).has("persistentVolumeClaim")) {
        claim.putObject("metadata").set("name", volumes.get(place).get("name"));
        volumes.remove(place);
        break;
      }
    }
    claim.set("spec", tree(claims.getFirst()).get("spec"));
    var set = JSON.createObjectNode().put("apiVersion", "apps/v1").put("kind", "StatefulSet");
    set.putObject("metadata").put("name", tenant);
    var wanted = set.putObject("spec");
    wanted
        .put("replicas", pods.size())
        .put("serviceName", tenant)
        .put("podManagementPolicy", "Parallel");
    wanted.putObject("selector").putObject("matchLabels").put("app", tenant);
    wanted.putObject("template").<ObjectNode>set("metadata", meta).set("spec", spec);
    wanted.putArray("volumeClaimTemplates").add(claim);
    return copy(set.toString(), tenant);
  }

  private static HasMetadata copy(String text, String tenant) {
    return OBJECTS.unmarshal(text.replace(NAME, tenant));
  }

  /// An object as somebody would have written it.
  private static String plain(HasMetadata object) {
    var tree = tree(OBJECTS.asJson(object));
    tree.remove("status");
    var meta = (ObjectNode) tree.get("metadata");
    meta.retain("name", "labels", "annotations");
    ((ObjectNode) meta.get("labels")).remove(MANAGED_BY);
    if (tree.get("spec") instanceof ObjectNode spec) {
      spec.remove(GIVEN);
    }
    return tree.toString().replace(OUR_DOMAIN, OTHER_DOMAIN);
  }

  private static ObjectNode tree(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      return (ObjectNode) tree;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
