package dev.flotilla.operator.cli.operation;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.MemberStatus;
import dev.flotilla.crds.v1alpha1.drain.OnTimeout;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationSpec;
import dev.flotilla.crds.v1alpha1.operation.OperationType;
import dev.flotilla.operator.cli.call.CallFailure;
import dev.flotilla.operator.cli.call.CommonOptions;
import dev.flotilla.operator.cli.call.DatabaseName;
import dev.flotilla.operator.cli.call.OperatorOptions;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.call.Timeout;
import dev.flotilla.operator.cli.call.Verb;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.lifecycle.Deadline;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Asks for something to be done with members of a database: tells beforehand whether it can be
/// done, and asks for nothing that cannot.
///
/// Source: docs/adr/0027-an-operation-is-a-request.md
abstract class AskCommand extends Verb {

  private static final int MOST_MEMBERS = 16;
  private static final int MOST_WORDS = 256;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  /// More names than that are no help.
  private static final int FEW = 12;

  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int ENDING = 5;

  /// What is done when the time is over; the constants are spelled as people type them.
  enum Then {
    /// Nothing more is begun, and it says so.
    hold,
    /// It is taken back.
    cancel
  }

  @Parameters(
      index = "0",
      paramLabel = "CLUSTER",
      converter = DatabaseName.Converter.class,
      description = "The database, as NAMESPACE/NAME or NAME.")
  private @Nullable DatabaseName database;

  @Option(names = "--why", paramLabel = "TEXT", description = "Why, for people who read it later.")
  private String why = "";

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      defaultValue = "2h",
      converter = Timeout.class,
      description = "How long it may take, 1m to 168h (default: 2h).")
  private Duration deadline = Duration.ofHours(2);

  @Option(
      names = "--on-timeout",
      paramLabel = "WHAT",
      defaultValue = "hold",
      description = {
        "What is done when that is over, one of: ${COMPLETION-CANDIDATES} (default: hold). Neither"
            + " forces anything."
      })
  private Then then = Then.hold;

  @Mixin private FollowOptions follow = new FollowOptions();

  @Mixin private OperatorOptions operator = new OperatorOptions();

  AskCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /// What is asked for.
  abstract Request.Kind kind();

  /// The members as they were typed; nobody where that means all.
  abstract List<String> members();

  /// How it is called.
  private String verb() {
    return kind().name().toLowerCase(Locale.ROOT);
  }

  private OperationType type() {
    return switch (kind()) {
      case DRAIN -> OperationType.DRAIN;
      case RESTART -> OperationType.RESTART;
      case REPLACE -> OperationType.REPLACE;
    };
  }

  /// How it ends if all goes well, as the operation says it.
  private String success() {
    return switch (kind()) {
      case DRAIN -> "Drained";
      case RESTART -> "Restarted";
      case REPLACE -> "Replaced";
    };
  }

  @Override
  public List<Exit> exits() {
    return List.of(
        Exit.DONE,
        Exit.FAULT,
        Exit.USAGE,
        Exit.REFUSED,
        Exit.PENDING,
        Exit.ABSENT,
        Exit.FORBIDDEN,
        Exit.DETACHED);
  }

  @Override
  protected Answer answer(Session session, CommonOptions common) {
    check();
    var asked = Objects.requireNonNull(database);
    var namespace = session.namespaceOf(asked);
    var cluster = session.database(namespace, asked.name());
    if (cluster.isEmpty()) {
      return session.absent(namespace, asked.name());
    }
    if (cluster.get().getMetadata().getDeletionTimestamp() != null) {
      return Answer.failed(
          Exit.REFUSED,
          Problem.of("database %s/%s is being deleted".formatted(namespace, asked.name())));
    }
    checkMembers(session, cluster.get());
    var operations = new Operations(session, namespace);
    var same = same(session, operations.open(asked.name()));
    var prospect = foreseen(session, namespace, asked.name(), same);
    if (same.isPresent()) {
      return told(session, same.get(), prospect, "This is asked for already, by operation %s.");
    }
    var order = order(namespace, asked.name());
    if (prospect.verdict() == Prospect.Verdict.BLOCKED) {
      return new Answer.Told(
          Exit.REFUSED,
          new OperationRequested(
              "Nothing was asked for, because it could not be done.",
              false,
              prospect,
              OperationSheet.of(order),
              wayOut(session.program(), namespace + "/" + asked.name(), prospect)));
    }
    var made = operations.make(order, follow.isDryRun());
    return follow.isDryRun()
        ? new Answer.Told(
            Exit.DONE,
            new OperationRequested(
                "Nothing was asked for, as --dry-run wants it; the API server would take it.",
                false,
                prospect,
                OperationSheet.of(made),
                ""))
        : told(session, made, prospect, "Operation %s was made.");
  }

  /// What to type if it cannot be done: of a drain whose data has no place the way out itself,
  /// since nobody asked for what could be explained.
  private String wayOut(String program, String title, Prospect prospect) {
    return kind() == Request.Kind.DRAIN && prospect.reason().equals(Reason.DRAIN_BLOCKED.id())
        ? "%s drain %s %s --way replace-first"
            .formatted(program, title, String.join(" ", members()))
        : "%s explain %s".formatted(program, title);
  }

  /// What needs nobody to be asked.
  private void check() {
    follow.check();
    if (Set.copyOf(members()).size() < members().size()) {
      throw usage("a MEMBER is named twice");
    }
    if (members().size() > MOST_MEMBERS) {
      throw usage(
          "%d members are named, and spec.members takes %d: make several operations"
              .formatted(members().size(), MOST_MEMBERS));
    }
    if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
      throw usage("--deadline is %ds, and 1m to 168h are taken".formatted(deadline.toSeconds()));
    }
    if (why.length() > MOST_WORDS) {
      throw usage("--why has %d characters, and %d are taken".formatted(why.length(), MOST_WORDS));
    }
  }

  private static CallFailure usage(String what) {
    return new CallFailure(Exit.USAGE, Problem.of(what));
  }

  private void checkMembers(Session session, DatabaseCluster cluster) {
    var names = names(cluster);
    var unknown = members().stream().filter(name -> !names.contains(name)).findFirst();
    // Of a large database not all are listed; the operator says then whether there is such a one.
    boolean allListed =
        Optional.ofNullable(cluster.getStatus())
            .filter(status -> status.instances() <= status.members().size())
            .isPresent();
    if (unknown.isEmpty() || !allListed) {
      return;
    }
    var name = unknown.get();
    var namespace = cluster.getMetadata().getNamespace();
    var own = cluster.getMetadata().getName();
    var other =
        session
            .kube()
            .resources(DatabaseCluster.class)
            .inNamespace(namespace)
            .list()
            .getItems()
            .stream()
            .filter(it -> names(it).contains(name))
            .map(it -> it.getMetadata().getName())
            .findFirst();
    var field = "MEMBER %d".formatted(members().indexOf(name) + 1);
    throw new CallFailure(
        Exit.ABSENT,
        other
            .map(it ->
                Problem.of(
                    "%s is %s, which is a member of %s/%s and not of %s/%s"
                        .formatted(field, name, namespace, it, namespace, own),
                    "%s %s %s/%s %s".formatted(session.program(), verb(), namespace, it, name)))
            .orElseGet(() ->
                Problem.of(
                    "%s is %s, and database %s/%s has no such member"
                        .formatted(field, name, namespace, own),
                    names.size() <= FEW
                        ? "one of: " + names.stream().sorted().collect(Collectors.joining(", "))
                        : "%s describe %s/%s --no-group   (lists all)"
                            .formatted(session.program(), namespace, own))));
  }

  private static Set<String> names(DatabaseCluster cluster) {
    return Optional.ofNullable(cluster.getStatus()).map(DatabaseClusterStatus::members).stream()
        .flatMap(List::stream)
        .map(MemberStatus::name)
        .collect(Collectors.toSet());
  }

  /// The operation that asks for just that already.
  ///
  /// @throws CallFailure if one asks for some of it, or is being taken back
  private Optional<DatabaseOperation> same(Session session, List<DatabaseOperation> open) {
    var wanted = Set.copyOf(members());
    for (var operation : open) {
      var spec = operation.getSpec();
      var both = new HashSet<>(spec.members());
      both.retainAll(wanted);
      boolean isSame = spec.type() == type() && wanted.equals(Set.copyOf(spec.members()));
      if (isSame && !spec.cancel()) {
        return Optional.of(operation);
      }
      if (both.isEmpty() || isHelped(spec.type())) {
        continue;
      }
      var title = OperationSheet.of(operation).title();
      throw new CallFailure(
          Exit.REFUSED,
          Problem.of(
              "operation %s is about %s and has not ended"
                  .formatted(title, String.join(", ", both)),
              "%s cancel %s --wait   (and then once more)".formatted(session.program(), title)));
    }
    return Optional.empty();
  }

  /// A drain that cannot go on goes on when the new member is there, and ends the same way.
  private boolean isHelped(OperationType open) {
    return kind() == Request.Kind.REPLACE && open == OperationType.DRAIN;
  }

  private Prospect foreseen(
      Session session, String namespace, String name, Optional<DatabaseOperation> same) {
    return same.map(OperationSheet::of)
        .map(it -> new Prospect(Prospect.Verdict.WAITS, it.reason(), it.message()))
        .orElseGet(() ->
            Prospect.ask(
                session.operator(operator),
                namespace,
                name,
                new Prospect.Wish(
                    kind(),
                    members(),
                    deadline,
                    switch (then) {
                      case hold -> Deadline.OnTimeout.HOLD;
                      case cancel -> Deadline.OnTimeout.CANCEL;
                    })));
  }

  private DatabaseOperation order(String namespace, String cluster) {
    var operation = new DatabaseOperation();
    operation.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName("%s-%s-%s".formatted(verb(), cluster, ending()))
            .build());
    operation.setSpec(
        new DatabaseOperationSpec(
            cluster,
            type(),
            members(),
            (int) deadline.toSeconds(),
            switch (then) {
              case hold -> OnTimeout.HOLD;
              case cancel -> OnTimeout.CANCEL;
            },
            false,
            why));
    return operation;
  }

  /// A name of its own, so that it can be looked for if the API server gives no answer.
  private static String ending() {
    return new SecureRandom()
        .ints(ENDING, 0, LETTERS.length())
        .mapToObj(LETTERS::charAt)
        .map(String::valueOf)
        .collect(Collectors.joining());
  }

  private Answer told(
      Session session, DatabaseOperation operation, Prospect prospect, String done) {
    var sheet = OperationSheet.of(operation);
    var sentence = done.formatted(sheet.title());
    var undo = "%s cancel %s".formatted(session.program(), sheet.title());
    if (!follow.isWait()) {
      return told(Exit.DONE, sentence, prospect, sheet, undo);
    }
    session.hint(sentence + " Foreseen: " + prospect.message());
    var again =
        Stream.of(
                Stream.of(session.program(), verb(), sheet.database()),
                members().stream(),
                Stream.of("--wait"))
            .flatMap(words -> words)
            .collect(Collectors.joining(" "));
    return switch (new Following(session, follow.timeout(), again, undo).follow(operation)) {
      case Following.End.Over(var over) ->
          told(
              over.outcome().equals(success()) ? Exit.DONE : Exit.REFUSED,
              "Operation %s has ended: %s.".formatted(over.title(), over.outcome()),
              prospect,
              over,
              "");
      case Following.End.NotYet(var last) -> told(Exit.PENDING, sentence, prospect, last, undo);
      case Following.End.Detached(var last) -> told(Exit.DETACHED, sentence, prospect, last, undo);
      case Following.End.Gone() ->
          Answer.failed(
              Exit.ABSENT,
              Problem.of(
                  "operation %s was deleted, which takes it back".formatted(sheet.title()),
                  "%s status %s".formatted(session.program(), sheet.database())));
    };
  }

  private static Answer told(
      Exit exit, String done, Prospect prospect, OperationSheet sheet, String next) {
    return new Answer.Told(exit, new OperationRequested(done, true, prospect, sheet, next));
  }
}
