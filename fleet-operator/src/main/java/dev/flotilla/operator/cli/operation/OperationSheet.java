package dev.flotilla.operator.cli.operation;

import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationStatus;
import dev.flotilla.crds.v1alpha1.operation.EstimateStatus;
import dev.flotilla.crds.v1alpha1.operation.ProgressStatus;
import dev.flotilla.crds.v1alpha1.operation.TargetStatus;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Words;
import dev.flotilla.operator.core.estimate.Outlook;
import dev.flotilla.topology.model.MemberRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is told of one operation; every printing shows this and nothing else.
///
/// @param cluster the database that it is about, in the same namespace
/// @param members in its order
/// @param phase a word for people; Unknown before the operator has looked at it
/// @param outcome how it ended; empty as long as it has not
/// @param reason a stable word of docs/reference/reasons.md; empty before the operator has looked
/// @param message what it waits for, or how it ended
/// @param cancelled whether it is to be taken back
/// @param deadline when its time is over, RFC 3339 in UTC; empty if it was not made
/// @param left what is still to be moved; empty while nothing moves, or nobody knows
public record OperationSheet(
    String namespace,
    String name,
    String cluster,
    List<Target> members,
    String phase,
    String outcome,
    String reason,
    String message,
    boolean cancelled,
    String deadline,
    List<Left> left) {

  public OperationSheet {
    members = List.copyOf(members);
    left = List.copyOf(left);
  }

  /// One of its members.
  ///
  /// @param state how far it is, as the operator says; empty before it has looked
  /// @param volume its volume claim, which is kept when the member goes
  public record Target(String name, String state, String volume) {

    /// Whether it was given up: there is no way back.
    boolean isGivenUp() {
      return state.equals("Removing") || state.equals("Removed");
    }
  }

  /// How much is still to be moved.
  ///
  /// @param copiesLeft copies of shards
  /// @param copiesTotal the most that was ever left
  /// @param bytesLeft an estimate
  /// @param bytesTotal the most that was ever left
  /// @param done of the copies, such as `51%`
  /// @param bytesPerSecond the pace of the last minutes; 0 if nobody knows
  /// @param endsAt when nothing is left at that pace, RFC 3339 in UTC; empty if nobody knows
  /// @param earliest at the highest pace that was seen lately
  /// @param latest at the lowest
  /// @param stalledSince since when nothing has moved; empty if something did lately
  public record Left(
      long copiesLeft,
      long copiesTotal,
      long bytesLeft,
      long bytesTotal,
      String done,
      long bytesPerSecond,
      String endsAt,
      String earliest,
      String latest,
      String stalledSince) {

    private static Left of(ProgressStatus progress) {
      var estimate = Optional.ofNullable(progress.estimate());
      return new Left(
          progress.copiesLeft(),
          progress.copiesTotal(),
          progress.bytesLeft(),
          progress.bytesTotal(),
          progress.done(),
          estimate.map(EstimateStatus::bytesPerSecond).orElse(0L),
          estimate.map(it -> it.endsAt().toString()).orElse(""),
          estimate.map(it -> it.earliest().toString()).orElse(""),
          estimate.map(it -> it.latest().toString()).orElse(""),
          Optional.ofNullable(progress.stalledSince()).map(Instant::toString).orElse(""));
    }

    /// When it will be over, as one clause; empty if nobody knows.
    String outlook(Instant now) {
      Outlook outlook = new Outlook.Unclear();
      if (!stalledSince.isEmpty()) {
        outlook = new Outlook.Stalled(Instant.parse(stalledSince));
      } else if (!endsAt.isEmpty()) {
        outlook =
            new Outlook.Ends(
                bytesPerSecond,
                Instant.parse(endsAt),
                Instant.parse(earliest),
                Instant.parse(latest));
      }
      return outlook.words(now);
    }
  }

  /// The sheet of an operation as the API server has it, or as it would be made.
  static OperationSheet of(DatabaseOperation operation) {
    var spec = operation.getSpec();
    var meta = operation.getMetadata();
    var status = Optional.ofNullable(operation.getStatus());
    return new OperationSheet(
        meta.getNamespace(),
        meta.getName(),
        spec.clusterName(),
        status
            .map(DatabaseOperationStatus::members)
            .filter(members -> !members.isEmpty())
            .map(members -> members.stream().map(OperationSheet::target).toList())
            .orElseGet(() ->
                spec.members().stream()
                    .map(name -> new Target(name, "", MemberRecord.volumeName(name)))
                    .toList()),
        status.map(DatabaseOperationStatus::phase).orElse("Unknown"),
        status.flatMap(it -> Optional.ofNullable(it.outcome())).orElse(""),
        status.map(DatabaseOperationStatus::reason).orElse(""),
        status
            .map(DatabaseOperationStatus::message)
            .orElse("The operator has not said anything of it yet."),
        spec.cancel(),
        Optional.ofNullable(meta.getCreationTimestamp())
            .map(created -> Instant.parse(created).plusSeconds(spec.timeoutSeconds()).toString())
            .orElse(""),
        status.flatMap(it -> Optional.ofNullable(it.progress())).stream().map(Left::of).toList());
  }

  private static Target target(TargetStatus member) {
    return new Target(member.name(), member.state(), member.volume());
  }

  /// Name with namespace, as commands take it.
  String title() {
    return namespace + "/" + name;
  }

  /// The database with its namespace.
  String database() {
    return namespace + "/" + cluster;
  }

  /// Whether it has ended.
  boolean isOver() {
    return !outcome.isEmpty();
  }

  /// Members for which there is no way back.
  List<Target> givenUp() {
    return members.stream().filter(Target::isGivenUp).toList();
  }

  /// Whether nobody is left whom taking it back could keep.
  boolean isTooLate() {
    return !members.isEmpty() && members.stream().allMatch(Target::isGivenUp);
  }

  /// Its members, for a sentence.
  String names() {
    return members.isEmpty()
        ? "all of the database"
        : members.stream().map(Target::name).collect(Collectors.joining(", "));
  }

  /// How far it is, for people: what it is told by, but for the name.
  List<String> lines(Screen screen) {
    var state =
        Stream.concat(
                Stream.of(isOver() ? outcome : phase), left.stream().map(OperationSheet::text))
            .collect(Collectors.joining(", "));
    var lines = new ArrayList<>(List.of("state     " + state));
    left.stream()
        .map(it -> it.outlook(screen.now()))
        .filter(words -> !words.isEmpty())
        .forEach(words -> lines.add("pace      " + words));
    lines.addAll(Words.wrap("          ", message, screen.width()));
    return lines;
  }

  private static String text(Left left) {
    return "%s moved, %d of %d copies and %d of %d bytes left"
        .formatted(
            left.done(),
            left.copiesLeft(),
            left.copiesTotal(),
            left.bytesLeft(),
            left.bytesTotal());
  }

  /// Its resource, as `kubectl` names it.
  String resource() {
    return "databaseoperation.flotilla.dev/" + name;
  }
}
