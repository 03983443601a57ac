package dev.flotilla.operator.cli.plan;

import dev.flotilla.operator.cli.call.CallFailure;
import dev.flotilla.operator.cli.call.DatabaseName;
import dev.flotilla.operator.cli.call.OperatorApi.Reply;
import dev.flotilla.operator.cli.call.OperatorOptions;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.document.FilePlan;
import dev.flotilla.operator.document.FilePlan.Checker;
import dev.flotilla.operator.document.PlanSheet;
import dev.flotilla.operator.yaml.Objection;
import dev.flotilla.operator.yaml.YamlDocument;
import dev.flotilla.operator.yaml.YamlFile;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.EnumSet;
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
    if (manifests.isEmpty() && objections.isEmpty()) {
      notes.add("there is no %s in it".formatted(Manifest.Kind.DatabaseCluster));
    }
    var accepted = checked(manifests);
    var plans = new ArrayList<PlanSheet>();
    var exit = objections.isEmpty() ? planned(accepted, plans) : Exit.REFUSED;
    boolean isSound = objections.isEmpty(); // the operator may object to what others accept
    return new Answer.Told(
        isSound ? exit : Exit.REFUSED,
        new PlanPrinting.OfFile(
            new FilePlan(
                name,
                checker,
                FilePlan.Finding.all(objections, file.lines()),
                List.copyOf(notes),
                isSound ? plans : List.of())));
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

  /// What the API server accepts; what it does not is objected to. If there is none that answers,
  /// the schema is all that is looked at.
  private List<DryRun.Outcome> checked(List<Manifest> manifests) {
    var outcomes = dryRun(manifests);
    if (outcomes.isEmpty()) {
      checker = Checker.SCHEMA;
      notes.add(SchemaCheck.NOTE);
      manifests.forEach(manifest -> objections.addAll(SchemaCheck.check(manifest)));
      return List.of();
    }
    for (var outcome : outcomes.get()) {
      objections.addAll(outcome.complaints().objections());
      notes.addAll(outcome.complaints().notes());
    }
    return outcomes.get();
  }

  /// Empty if no API server answers; nothing is noted before each of them has an answer.
  private Optional<List<DryRun.Outcome>> dryRun(List<Manifest> manifests) {
    var server = server();
    if (server.isEmpty()) {
      return Optional.empty();
    }
    var outcomes = new ArrayList<DryRun.Outcome>();
    try {
      for (Manifest manifest : manifests) {
        var name = new DatabaseName(manifest.namespace(), manifest.name());
        outcomes.add(server.get().run(manifest, session.namespaceOf(name)));
      }
      return Optional.of(outcomes);
    } catch (KubernetesClientException e) {
      if (e.getCode() > 0) { // it did answer
        throw e;
      }
      return Optional.empty();
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

  private Exit planned(List<DryRun.Outcome> accepted, List<PlanSheet> plans) {
    var ends = EnumSet.noneOf(Exit.class);
    for (var outcome : accepted) {
      if (outcome.manifest().kind() == Manifest.Kind.DatabaseCluster) {
        ends.add(planned(outcome, plans));
      }
    }
    // A fault hides what a refusal would say, and both matter more than what is yet to be done.
    return Stream.of(Exit.FAULT, Exit.REFUSED, Exit.PENDING)
        .filter(ends::contains)
        .findFirst()
        .orElse(Exit.DONE);
  }

  private Exit planned(DryRun.Outcome accepted, List<PlanSheet> plans) {
    var resource = accepted.result();
    var name = resource.at("/metadata/name").asText();
    var api = session.operator(operator);
    return switch (api.suppose(accepted.namespace(), name, resource.toString())) {
      case Reply.Answered(var sheet) -> {
        plans.add(sheet);
        yield exits.apply(sheet);
      }
      case Reply.Illegal(var message) -> {
        objections.add(accepted.manifest().document().toValue("/spec", message, ""));
        yield Exit.REFUSED;
      }
      case Reply.Absent() -> unplanned("the operator knows no such place");
      case Reply.Unanswered(var why) -> unplanned(why);
    };
  }

  private Exit unplanned(String why) {
    notes.add("the manifest is accepted, but what would be done is not known: " + why);
    return Exit.FAULT;
  }
}
