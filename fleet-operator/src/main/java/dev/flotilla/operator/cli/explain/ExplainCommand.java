package dev.flotilla.operator.cli.explain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.cli.call.CommonOptions;
import dev.flotilla.operator.cli.call.DatabaseName;
import dev.flotilla.operator.cli.call.OperatorOptions;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.call.Verb;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `explain CLUSTER`: why it waits, and what can be done. `explain --reason NAME`: what a reason
/// means, without asking anybody.
@Command(
    name = "explain",
    description = "Tell why a database waits and what ends it, or what a reason means.")
public final class ExplainCommand extends Verb {

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  @Mixin private OperatorOptions operator = new OperatorOptions();

  /// One of the two.
  static final class Subject {
    @Parameters(
        paramLabel = "CLUSTER",
        converter = DatabaseName.Converter.class,
        description = "A database, as NAMESPACE/NAME or NAME.")
    private @Nullable DatabaseName database;

    @Option(
        names = "--reason",
        paramLabel = "NAME",
        description = "A reason, such as ZonesInsufficient; no cluster is asked.")
    private @Nullable String reason;
  }

  /// The command in these surroundings.
  public ExplainCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public List<Exit> exits() {
    return List.of(Exit.DONE, Exit.FAULT, Exit.USAGE, Exit.ABSENT, Exit.FORBIDDEN);
  }

  @Override
  protected Answer answer(Session session, CommonOptions common) {
    if (subject.reason != null) {
      return page(session, subject.reason);
    }
    var name = subject.database;
    if (name == null) {
      throw new IllegalStateException("the command line asks for one of the two");
    }
    var namespace = session.namespaceOf(name);
    return session
        .database(namespace, name.name())
        .<Answer>map(cluster ->
            new Answer.Told(
                Exit.DONE,
                new Explainer(session.program(), cluster, Bodies.of(session.kube()))
                    .explain(LiveHolds.ask(session.operator(operator), namespace, name.name()))))
        .orElseGet(() -> session.absent(namespace, name.name()));
  }

  private static Answer page(Session session, String name) {
    return Reason.of(name)
        .<Answer>map(reason -> new Answer.Told(Exit.DONE, ReasonPage.of(reason, session.program())))
        .orElseGet(() ->
            Answer.failed(
                Exit.ABSENT,
                Problem.of("there is no reason '" + name + "'", "one of: " + candidates(name))));
  }

  /// Those that share a word with what was typed, or all.
  private static String candidates(String typed) {
    var all = Arrays.stream(Reason.values()).map(Reason::id).toList();
    var near = all.stream().filter(id -> isNear(id, typed)).toList();
    return (near.isEmpty() ? all : near).stream().collect(Collectors.joining(", "));
  }

  private static boolean isNear(String id, String typed) {
    var lower = typed.toLowerCase(Locale.ROOT);
    return id.equalsIgnoreCase(typed)
        || Arrays.stream(id.split("(?=[A-Z])"))
            .map(word -> word.toLowerCase(Locale.ROOT))
            .anyMatch(lower::contains);
  }
}
