package dev.flotilla.crds.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// One tenant's database.
///
/// A member's pod is called `<cluster>-<pool>-<zone>-<6 characters>`, hence the limit on the sum of
/// the lengths: a pod's name serves as its host name, which has at most 63 characters.
@Group("flotilla.dev")
@Version("v1alpha1")
@ShortNames("dbc")
@Categories("databases")
@AdditionalPrinterColumn(
    name = "Ready",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Phase",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.phase")
@AdditionalPrinterColumn(
    name = "Members",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.summary.members")
@AdditionalPrinterColumn(
    name = "Zones",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.summary.zones")
@AdditionalPrinterColumn(
    name = "Version",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.engine.version")
@AdditionalPrinterColumn(
    name = "Reason",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.summary.reason")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    messageExpression =
        """
        "metadata.name '" + self.metadata.name + "' cannot be part of the names of pods and \
        services: start with a lower-case letter and use only lower-case letters, digits and '-'"\
        """)
@ValidationRule(
    value =
        """
        size(self.spec.topology.zones) == 0 || \
        size(self.metadata.name) + self.spec.pools.map(p, size(p.name)).max() \
        + self.spec.topology.zones.map(z, size(z)).max() <= 54\
        """,
    messageExpression =
        """
        [size(self.metadata.name) + self.spec.pools.map(p, size(p.name)).max() \
        + self.spec.topology.zones.map(z, size(z)).max()].map(n, \
        'metadata.name, the longest spec.pools[].name and the longest spec.topology.zones[] have ' \
        + (n < 100 ? '' : '0123456789'.substring(n / 100, n / 100 + 1)) \
        + '0123456789'.substring(n / 10 % 10, n / 10 % 10 + 1) \
        + '0123456789'.substring(n % 10, n % 10 + 1) \
        + ' characters together, at most 54 fit into the name of a pod: shorten one of them')[0]\
        """)
public final class DatabaseCluster
    extends CustomResource<DatabaseClusterSpec, DatabaseClusterStatus> implements Namespaced {}
