package dev.flotilla.crds.v1alpha1.fleet;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// The limits that all databases of a Kubernetes cluster share.
///
/// There is at most one, called `default`, so that nobody has to ask which of two counts. Without
/// one the built-in limits hold, which are the defaults of its fields.
///
/// Source: docs/adr/0017-one-policy-and-a-breaker.md
@Group("flotilla.dev")
@Version("v1alpha1")
@ShortNames("fpol")
@Categories("databases")
@AdditionalPrinterColumn(
    name = "Max-Disrupted",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".spec.disruption.maxClusters")
@AdditionalPrinterColumn(
    name = "Breaker",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".spec.breaker.clusters")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp")
@ValidationRule(
    value = "self.metadata.name == 'default'",
    messageExpression =
        """
        "metadata.name is '" + self.metadata.name + "', and only the policy called default counts: \
        name it default"\
        """)
public final class FleetPolicy extends CustomResource<FleetPolicySpec, Void> {

  /// The one name that a policy can have.
  public static final String NAME = "default";
}
