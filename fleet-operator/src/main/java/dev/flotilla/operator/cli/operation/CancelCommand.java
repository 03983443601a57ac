package dev.flotilla.operator.cli.operation;

import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import dev.flotilla.operator.cli.call.CallFailure;
import dev.flotilla.operator.cli.call.CommonOptions;
import dev.flotilla.operator.cli.call.DatabaseName;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.call.Verb;
import dev.flotilla.operator.cli.operation.CancelRequested.Cancelled;
import dev.flotilla.operator.cli.operation.OperationSheet.Target;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cancel OPERATION`: what was asked for is taken back, as far as it has not been done.
///
/// Source: UX-12 in docs/requirements.md; docs/adr/0027-an-operation-is-a-request.md
@Command(
    name = "cancel",
    description = {
      "Take an operation back: members that were not given up serve again.",
      "A member that was emptied and given up goes; then it is too late, and its volume is kept."
    })
public final class CancelCommand extends Verb {

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  @Mixin private FollowOptions follow = new FollowOptions();

  /// One of the two.
  private static final class Subject {
    @Parameters(
        paramLabel = "OPERATION",
        converter = DatabaseName.Converter.class,
        description = "An operation, as NAMESPACE/NAME or NAME.")
    private @Nullable DatabaseName operation;

    @Option(
        names = "--all",
        paramLabel = "CLUSTER",
        converter = DatabaseName.Converter.class,
        description = "All operations of a database that have not ended.")
    private @Nullable DatabaseName database;
  }

  /// What became of one of them.
  private record Result(Exit exit, Cancelled told) {}

  /// The command in these surroundings.
  public CancelCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public List<Exit> exits() {
    return List.of(Exit.values());
  }

  @Override
  protected Answer answer(Session session, CommonOptions common) {
    follow.check();
    var results = new ArrayList<Result>();
    var end = session.now().plus(follow.timeout());
    for (var operation : subjects(session)) {
      var left = Duration.between(session.now(), end);
      results.add(cancel(session, operation, left.isNegative() ? Duration.ZERO : left));
    }
    return new Answer.Told(
        results.stream().map(Result::exit).max(Exit::compareTo).orElse(Exit.DONE),
        new CancelRequested(results.stream().map(Result::told).toList()));
  }

  private List<DatabaseOperation> subjects(Session session) {
    var database = subject.database;
    if (database != null) {
      var namespace = session.namespaceOf(database);
      var open = new Operations(session, namespace).open(database.name());
      if (open.isEmpty() && session.database(namespace, database.name()).isEmpty()) {
        throw new CallFailure(
            Exit.ABSENT,
            Problem.of(
                "there is no database %s/%s".formatted(namespace, database.name()),
                session.program() + " status   (lists all)"));
      }
      return open;
    }
    var asked = Objects.requireNonNull(subject.operation);
    var namespace = session.namespaceOf(asked);
    return List.of(
        new Operations(session, namespace)
            .get(asked.name())
            .orElseThrow(() -> absent(session, namespace, asked.name())));
  }

  private static CallFailure absent(Session session, String namespace, String name) {
    var remedy =
        session.database(namespace, name).isPresent()
            ? "%s cancel --all %s/%s   (that is a database)"
                .formatted(session.program(), namespace, name)
            : "kubectl get databaseoperations -n %s   (lists all)".formatted(namespace);
    return new CallFailure(
        Exit.ABSENT, Problem.of("there is no operation %s/%s".formatted(namespace, name), remedy));
  }

  private Result cancel(Session session, DatabaseOperation operation, Duration limit) {
    var before = OperationSheet.of(operation);
    if (before.isOver()) {
      return ended("Operation %s was over already: %s.", before);
    }
    if (before.isTooLate()) {
      return new Result(
          Exit.TOO_LATE, new Cancelled(tooLate(before), true, before, volumes(before)));
    }
    var operations = new Operations(session, before.namespace());
    var now = before.cancelled() ? operation : operations.cancel(operation, follow.isDryRun());
    if (follow.isDryRun()) {
      return going(
          "Nothing was changed, as --dry-run wants it; %s could be taken back.", before, "");
    }
    var again = "%s cancel %s --wait".formatted(session.program(), before.title());
    var sheet = OperationSheet.of(now);
    if (!follow.isWait()) {
      return going("Operation %s is being taken back.", sheet, again);
    }
    return switch (new Following(session, limit, again, again).follow(now)) {
      case Following.End.Over(var over) -> ended("Operation %s has ended: %s.", over);
      case Following.End.NotYet(var last) ->
          new Result(Exit.PENDING, going("Operation %s is being taken back.", last, again).told());
      case Following.End.Detached(var last) ->
          new Result(Exit.DETACHED, going("Operation %s is being taken back.", last, again).told());
      case Following.End.Gone() ->
          throw new CallFailure(
              Exit.ABSENT,
              Problem.of(
                  "operation %s was deleted, which takes it back, too".formatted(before.title()),
                  "%s status %s".formatted(session.program(), before.database())));
    };
  }

  /// For some members it may be too late, and not for others.
  private static Result going(String done, OperationSheet sheet, String next) {
    var sentence = done.formatted(sheet.title());
    return sheet.givenUp().isEmpty()
        ? new Result(Exit.DONE, new Cancelled(sentence, false, sheet, next))
        : new Result(
            Exit.TOO_LATE, new Cancelled(sentence + " " + tooLate(sheet), true, sheet, next));
  }

  private static Result ended(String done, OperationSheet sheet) {
    var sentence = done.formatted(sheet.title(), sheet.outcome());
    return sheet.givenUp().isEmpty()
        ? new Result(Exit.DONE, new Cancelled(sentence, false, sheet, ""))
        : new Result(
            Exit.TOO_LATE,
            new Cancelled(sentence + " " + tooLate(sheet), true, sheet, volumes(sheet)));
  }

  private static String tooLate(OperationSheet sheet) {
    return "Too late for %s: emptied and given up. What it had is on the others; its volume is kept until somebody deletes it: %s."
        .formatted(
            sheet.givenUp().stream().map(Target::name).collect(Collectors.joining(", ")),
            sheet.givenUp().stream().map(Target::volume).collect(Collectors.joining(", ")));
  }

  private static String volumes(OperationSheet sheet) {
    return "kubectl get persistentvolumeclaim -n %s %s"
        .formatted(
            sheet.namespace(),
            sheet.givenUp().stream().map(Target::volume).collect(Collectors.joining(" ")));
  }
}
