package dev.flotilla.operator.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.operator.cli.call.RawRequests;
import dev.flotilla.operator.yaml.Objection;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Asks the API server what it would say to a manifest, by a dry run: it does everything that it
/// does with the real one, but for storing it.
final class DryRun {

  private static final int FIRST_FAULT = 300;
  private static final int BAD = 400;
  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;

  private final RawRequests requests;

  DryRun(RawRequests requests) {
    this.requests = requests;
  }

  /// What the API server said.
  ///
  /// @param namespace where the resource would be
  /// @param result the resource with all defaults; missing if there are complaints
  record Outcome(Manifest manifest, String namespace, Complaints complaints, JsonNode result) {}

  /// @throws KubernetesClientException if there is no answer, or the caller may not
  Outcome run(Manifest manifest, String namespace) {
    var place =
        "/apis/%s/namespaces/%s/%s"
            .formatted(Manifest.API_VERSION, namespace, manifest.kind().plural());
    var existing =
        manifest.name().isEmpty() ? Optional.<JsonNode>empty() : existing(manifest, place);
    var strict = send(manifest, place, existing, "Strict");
    if (strict.status() < FIRST_FAULT) {
      return new Outcome(manifest, namespace, new Complaints(List.of(), List.of()), strict.tree());
    }
    var said = Complaints.of(manifest, strict);
    if (strict.status() != BAD) {
      return new Outcome(manifest, namespace, said, MissingNode.getInstance());
    }
    // Fields that it does not know are told of before anything else is looked at: ask for the rest.
    var lenient = send(manifest, place, existing, "Ignore");
    return new Outcome(
        manifest,
        namespace,
        lenient.status() == UNPROCESSABLE ? both(said, Complaints.of(manifest, lenient)) : said,
        MissingNode.getInstance());
  }

  private Optional<JsonNode> existing(Manifest manifest, String place) {
    var reply = requests.get(place + "/" + manifest.name());
    if (reply.status() < FIRST_FAULT) {
      return Optional.of(reply.tree());
    }
    if (reply.status() == NOT_FOUND || reply.status() == BAD) {
      return Optional.empty();
    }
    throw reply.refusal();
  }

  private RawRequests.Reply send(
      Manifest manifest, String place, Optional<JsonNode> existing, String validation) {
    var options = "?dryRun=All&fieldManager=flotilla-plan&fieldValidation=" + validation;
    var reply =
        existing.isPresent()
            ? requests.send(
                "PUT",
                place + "/" + manifest.name() + options,
                updated(manifest, existing.get()).toString())
            : requests.send("POST", place + options, manifest.tree().toString());
    if (reply.status() >= FIRST_FAULT && reply.status() != BAD && reply.status() != UNPROCESSABLE) {
      throw reply.refusal();
    }
    return reply;
  }

  /// An update has to say what it updates.
  private static JsonNode updated(Manifest manifest, JsonNode existing) {
    ObjectNode tree = manifest.tree().deepCopy();
    if (tree.path("metadata") instanceof ObjectNode metadata) {
      metadata.set("resourceVersion", existing.at("/metadata/resourceVersion"));
    }
    return tree;
  }

  private static Complaints both(Complaints first, Complaints second) {
    var objections = new TreeSet<Objection>(first.objections());
    objections.addAll(second.objections());
    var notes = new ArrayList<>(first.notes());
    notes.addAll(second.notes());
    return new Complaints(List.copyOf(objections), notes);
  }
}
