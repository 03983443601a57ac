package dev.flotilla.operator.cli.plan;

import dev.flotilla.operator.cli.call.CallFailure;
import dev.flotilla.operator.cli.call.CommonOptions;
import dev.flotilla.operator.cli.call.DatabaseName;
import dev.flotilla.operator.cli.call.OperatorApi.Reply;
import dev.flotilla.operator.cli.call.OperatorOptions;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.call.Verb;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import dev.flotilla.operator.core.plan.Forecast;
import dev.flotilla.operator.document.FilePlan;
import dev.flotilla.operator.document.PlanSheet;
import dev.flotilla.operator.wire.ViewFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `plan`: what will be done about a database now, with a manifest, or in a recorded situation.
/// Changes nothing.
@Command(
    name = "plan",
    description = {
      "Tell what will be done about a database and what is held back, without doing it.",
      "The steps are those that the operator takes next, in their order, up to where it has to wait"
          + " for somebody else."
    })
public final class PlanCommand extends Verb {

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Also write what the plan was made from, for --view.")
  private @Nullable Path save;

  @Option(
      names = "--exit-code",
      description = "Exit with 4 if something will be done, with 3 if something needs a person.")
  private boolean exitCode;

  @Mixin private OperatorOptions operator = new OperatorOptions();

  /// What is planned.
  private static final class Subject {

    @Parameters(
        paramLabel = "CLUSTER",
        converter = DatabaseName.Converter.class,
        description = "A database as it is, as NAMESPACE/NAME or NAME.")
    private @Nullable DatabaseName database;

    @Option(
        names = {"-f", "--filename"},
        paramLabel = "FILE",
        description = "A manifest as if it were applied; - reads standard input.")
    private @Nullable Path manifest;

    @Option(
        names = "--view",
        paramLabel = "FILE",
        description = "A situation that --save wrote, perhaps changed since; needs no cluster.")
    private @Nullable Path view;
  }

  /// The command in these surroundings.
  public PlanCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected Answer answer(Session session, CommonOptions common) {
    if (subject.view != null) {
      return ofView(subject.view, read(subject.view));
    }
    if (subject.manifest != null) {
      var file = subject.manifest;
      return new ManifestPlan(session, operator, this::exit).answer(file.toString(), read(file));
    }
    return ofCluster(session, Objects.requireNonNull(subject.database));
  }

  private Answer ofCluster(Session session, DatabaseName database) {
    var namespace = session.namespaceOf(database);
    var api = session.operator(operator);
    var name = database.name();
    var file = save;
    return file == null
        ? answer(session, namespace, name, api.plan(namespace, name), this::told)
        : answer(session, namespace, name, api.view(namespace, name), body -> saved(file, body));
  }

  private static <T> Answer answer(
      Session session, String namespace, String name, Reply<T> reply, Function<T, Answer> told) {
    return switch (reply) {
      case Reply.Answered(var answer) -> told.apply(answer);
      case Reply.Absent() -> session.absent(namespace, name);
      case Reply.Illegal(var message) ->
          Answer.failed(
              Exit.REFUSED,
              Problem.of("nothing is planned for a specification that cannot be used: " + message));
      case Reply.Unanswered(var why) ->
          Answer.failed(
              Exit.FAULT,
              Problem.of(
                  why,
                  "%s status %s/%s   (what the operator last reported)"
                      .formatted(session.program(), namespace, name)));
    };
  }

  private Answer told(PlanSheet sheet) {
    return new Answer.Told(exit(sheet), new PlanPrinting.OfCluster(sheet));
  }

  /// The plan is made from what is saved, so that the file and the plan are about one moment.
  private Answer saved(Path file, String body) {
    return switch (ViewFile.read(body)) {
      case ViewFile.Read.Bad bad ->
          Answer.failed(
              Exit.FAULT,
              Problem.of(
                  "the operator sends views that this version does not read",
                  "use the version of the operator"));
      case ViewFile.Read.Good(var view) -> {
        write(file, ViewFile.yaml(view));
        yield told(PlanSheet.of(view, Forecast.of(view)));
      }
    };
  }

  private Answer ofView(Path file, String text) {
    return switch (ViewFile.read(text)) {
      case ViewFile.Read.Good(var view) -> {
        var sheet = PlanSheet.of(view, Forecast.of(view));
        yield told(exit(sheet), file, List.of(), List.of(sheet));
      }
      case ViewFile.Read.Bad(var objections) ->
          told(
              Exit.REFUSED,
              file,
              FilePlan.Finding.all(objections, text.lines().toList()),
              List.of());
    };
  }

  private static Answer told(
      Exit exit, Path file, List<FilePlan.Finding> findings, List<PlanSheet> plans) {
    return new Answer.Told(
        exit,
        new PlanPrinting.OfFile(
            new FilePlan(file.toString(), FilePlan.Checker.VIEW, findings, List.of(), plans)));
  }

  private Exit exit(PlanSheet sheet) {
    if (!exitCode) {
      return Exit.DONE;
    }
    if (sheet.needsSomebody()) {
      return Exit.REFUSED;
    }
    return sheet.steps().isEmpty() ? Exit.DONE : Exit.PENDING;
  }

  private static String read(Path file) {
    try {
      return file.toString().equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(file);
    } catch (IOException e) {
      throw new CallFailure(
          Exit.USAGE, Problem.of("the file %s cannot be read: %s".formatted(file, why(e))));
    }
  }

  /// The platform's own words for these are the name of the file and a count of bytes.
  private static String why(IOException failure) {
    return switch (failure) {
      case NoSuchFileException absent -> "there is no such file";
      case CharacterCodingException foreign -> "it is not text in UTF-8";
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CallFailure(
          Exit.USAGE,
          Problem.of("the file %s cannot be written: %s".formatted(file, e.getMessage())));
    }
  }
}
