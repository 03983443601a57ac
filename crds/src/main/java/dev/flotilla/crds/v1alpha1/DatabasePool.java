package dev.flotilla.crds.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// The members of one shape of a database: made by the operator, owner of their pods.
///
/// It is a kind of its own because disruption budgets and autoscalers look at the direct owner of a
/// pod and at its scale.
@Group("flotilla.dev")
@Version("v1alpha1")
@ShortNames("dbp")
@Categories("databases")
@AdditionalPrinterColumn(
    name = "Want",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".spec.instances")
@AdditionalPrinterColumn(
    name = "Ready",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.readyInstances")
@AdditionalPrinterColumn(
    name = "Zones",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.summary.zones")
@AdditionalPrinterColumn(
    name = "Reason",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.summary.reason")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp")
@ValidationRule(
    value =
        """
        oldSelf.hasValue() || (self.metadata.name.startsWith(self.spec.clusterName + '-') && \
        self.metadata.name.substring(size(self.spec.clusterName) + 1)\
        .matches('^[a-z][a-z0-9]{0,14}$'))\
        """,
    optionalOldSelf = true,
    messageExpression =
        """
        "metadata.name '" + self.metadata.name + "' is not spec.clusterName, '-' and the name of \
        a pool: leave it to the operator to create pools, and add an entry to spec.pools of the \
        DatabaseCluster"\
        """)
public final class DatabasePool extends CustomResource<DatabasePoolSpec, DatabasePoolStatus>
    implements Namespaced {}
