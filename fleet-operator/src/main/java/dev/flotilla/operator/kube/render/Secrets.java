package dev.flotilla.operator.kube.render;

import dev.flotilla.operator.port.MemberCertificate;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The Secrets of a tenant and of its members.
///
/// What the operator needs to know of them without reading their content stands in annotations.
public final class Secrets {

  private Secrets() {}

  /// The tenant's Secret. It has no owner, so that it outlives the cluster's resource as the
  /// volumes do, which nobody could read without it. Source: D15 in docs/requirements.md.
  public static Secret tenant(ClusterRef cluster, TenantSecret tenant) {
    var annotations = new LinkedHashMap<String, String>();
    annotations.put(Labels.TENANT, tenant.tenant().value());
    tenant.formed().ifPresent(uuid -> annotations.put(Labels.ENGINE, uuid));
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(cluster.namespace())
        .withName(Labels.tenantName(cluster))
        .withLabels(Labels.ofCluster(cluster))
        .withAnnotations(annotations)
        .endMetadata()
        .withType("Opaque")
        .withData(encoded(tenant.files()))
        .build();
  }

  /// A member's certificate: it can be made again at any time, so it goes with the pool.
  public static Secret certificate(MemberRecord member, String poolUid, MemberCertificate leaf) {
    var files = new TreeMap<String, String>();
    files.put("ca.crt", leaf.authorityPem());
    files.put("tls.crt", leaf.certificatePem());
    files.put("tls.key", leaf.keyPem());
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(member.cluster().namespace())
        .withName(Labels.certificateName(member.name()))
        .withLabels(Labels.ofMember(member))
        .addToAnnotations(Labels.EXPIRES, leaf.expires().toString())
        .withOwnerReferences(Owners.pool(member.cluster(), member.pool(), poolUid))
        .endMetadata()
        .withType("kubernetes.io/tls")
        .withData(encoded(files))
        .build();
  }

  private static Map<String, String> encoded(SortedMap<String, String> files) {
    var data = new TreeMap<String, String>();
    files.forEach((name, content) ->
        data.put(
            name, Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8))));
    return data;
  }
}
