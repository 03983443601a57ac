package dev.flotilla.operator.cli.plan;

import dev.flotilla.operator.cli.call.CallFailure;
import dev.flotilla.operator.cli.call.OperatorApi;
import dev.flotilla.operator.cli.call.OperatorApi.Reply;
import dev.flotilla.operator.cli.call.OperatorOptions;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.document.ClusterPlan;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.FilePlan;
import dev.flotilla.operator.document.FilePlan.Checker;
import dev.flotilla.operator.document.PlanSheet;
import dev.flotilla.operator.yaml.Objection;
import dev.flotilla.operator.yaml.YamlDocument;
import dev.flotilla.operator.yaml.YamlFile;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Plans what a file of manifests asks for: first what is wrong with it, then, if nothing is, what
/// would be done.
///
/// Source: UX-9 in docs/requirements.md.
final class ManifestPlan {

  private final Session session;
  private final OperatorOptions operator;
  private final Function<PlanSheet, Exit> exits;
  private final List<Objection> objections = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final List<PlanSheet> plans = new ArrayList<>();
  private Checker checker = Checker.API_SERVER;

  /// @param exits how a plan ends the command
  ManifestPlan(Session session, OperatorOptions operator, Function<PlanSheet, Exit> exits) {
    this.session = session;
    this.operator = operator;
    this.exits = exits;
  }

  Answer answer(String name, String text) {
    var file = YamlFile.read(text);
    objections.addAll(file.unreadable());
    var manifests = file.documents().stream().flatMap(this::ours).toList();
    var unreadable = List.copyOf(objections);
    if (manifests.isEmpty() && objections.isEmpty()) {
      notes.add("there is no %s in it".formatted(Manifest.Kind.DatabaseCluster));
    }
    var exit = checked(manifests, unreadable);
    return new Answer.Told(
        objections.isEmpty() ? exit : Exit.REFUSED,
        new PlanPrinting.OfFile(
            new FilePlan(
                name,
                checker,
                objections.stream()
                    .sorted()
                    .map(objection -> FilePlan.Finding.of(objection, file.lines()))
                    .toList(),
                List.copyOf(notes),
                plans)));
  }

  private Stream<Manifest> ours(YamlDocument document) {
    objections.addAll(document.objections());
    var manifest = Manifest.of(document);
    if (manifest.isEmpty()) {
      notes.add(
          "line %d: a %s is not looked at"
              .formatted(
                  document.valueAt("").line(), document.tree().path("kind").asText("document")));
    }
    return manifest.stream();
  }

  /// @param unreadable what is wrong with the file itself
  private Exit checked(List<Manifest> manifests, List<Objection> unreadable) {
    var server = server();
    if (server.isEmpty()) {
      return bySchema(manifests);
    }
    try {
      var exit = Exit.DONE;
      for (Manifest manifest : manifests) {
        exit = worse(exit, checked(server.get(), manifest));
      }
      return exit;
    } catch (KubernetesClientException e) {
      if (e.getCode() > 0) { // it did answer
        throw e;
      }
      objections.clear();
      objections.addAll(unreadable);
      return bySchema(manifests);
    }
  }

  /// Empty if no cluster is known.
  private Optional<DryRun> server() {
    try {
      return Optional.of(new DryRun(session.requests()));
    } catch (CallFailure e) {
      return Optional.empty();
    }
  }

  private Exit bySchema(List<Manifest> manifests) {
    checker = Checker.SCHEMA;
    notes.add(SchemaCheck.NOTE);
    manifests.forEach(manifest -> objections.addAll(SchemaCheck.check(manifest)));
    return Exit.DONE;
  }

  private Exit checked(DryRun server, Manifest manifest) {
    var namespace = manifest.namespace().orElseGet(session::namespace);
    var outcome = server.run(manifest, namespace);
    objections.addAll(outcome.complaints().objections());
    notes.addAll(outcome.complaints().notes());
    if (!objections.isEmpty() || manifest.kind() != Manifest.Kind.DatabaseCluster) {
      return Exit.DONE;
    }
    var name = outcome.result().at("/metadata/name").asText();
    OperatorApi api = session.operator(operator);
    return switch (api.suppose(namespace, name, outcome.result().toString())) {
      case Reply.Answered(var body) -> {
        var sheet = Documents.read(body, ClusterPlan.class).plan();
        plans.add(sheet);
        yield exits.apply(sheet);
      }
      case Reply.Illegal(var message) -> {
        objections.add(manifest.objection("/spec", message, ""));
        yield Exit.REFUSED;
      }
      case Reply.Absent absent -> unplanned("the operator knows no such place");
      case Reply.Unanswered(var why) -> unplanned(why);
    };
  }

  private Exit unplanned(String why) {
    notes.add("the manifest is accepted, but what would be done is not known: " + why);
    return Exit.FAULT;
  }

  private static Exit worse(Exit left, Exit right) {
    // A fault hides more than a refusal says.
    return Stream.of(left, right)
        .filter(exit -> exit == Exit.FAULT)
        .findFirst()
        .orElse(left.compareTo(right) >= 0 ? left : right);
  }
}
