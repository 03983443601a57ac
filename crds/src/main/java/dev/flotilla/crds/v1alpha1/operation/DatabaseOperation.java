package dev.flotilla.crds.v1alpha1.operation;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A person's request to do something with members of a database: the only form of one.
///
/// Source: docs/adr/0027-an-operation-is-a-request.md
@Group("flotilla.dev")
@Version("v1alpha1")
@ShortNames("dbop")
@Categories("databases")
@AdditionalPrinterColumn(
    name = "Type",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.type")
@AdditionalPrinterColumn(
    name = "Target",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.target")
@AdditionalPrinterColumn(
    name = "State",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.phase")
@AdditionalPrinterColumn(
    name = "Outcome",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.outcome")
@AdditionalPrinterColumn(
    name = "Done",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.progress.done")
@AdditionalPrinterColumn(
    name = "Reason",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.reason")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp")
public final class DatabaseOperation
    extends CustomResource<DatabaseOperationSpec, DatabaseOperationStatus> implements Namespaced {}
