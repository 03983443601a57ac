package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.call.CallFailure;
import dev.flotilla.operator.cli.call.CommonOptions;
import dev.flotilla.operator.cli.call.OperatorApi.Reply;
import dev.flotilla.operator.cli.call.OperatorOptions;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.call.Verb;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import java.util.List;
import picocli.CommandLine.Mixin;

/// A command about the store, which the operators note something of in Kubernetes.
abstract class StoreVerb extends Verb {

  @Mixin private OperatorOptions operator = new OperatorOptions();

  StoreVerb(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public final List<Exit> exits() {
    return List.of(Exit.DONE, Exit.FAULT, Exit.USAGE, Exit.REFUSED, Exit.ABSENT, Exit.FORBIDDEN);
  }

  OperatorOptions operator() {
    return operator;
  }

  /// What the command has to say of the store that the notes are about.
  abstract Answer answer(Session session, StoreNotes notes);

  @Override
  protected final Answer answer(Session session, CommonOptions common) {
    var place = operator.namespace();
    return StoreNotes.read(session.kube(), place)
        .map(notes -> answer(session, notes))
        .orElseGet(() ->
            Answer.failed(
                Exit.ABSENT,
                Problem.of(
                    "no operator has acted in namespace %s yet: there is no ConfigMap %s"
                        .formatted(place, StoreNotes.NAME),
                    "flotilla install --help")));
  }

  /// What the operator answered.
  ///
  /// @throws CallFailure if it did not
  static <T> T answered(Reply<T> reply) {
    return switch (reply) {
      case Reply.Answered<T>(var answer) -> answer;
      case Reply.Absent<T> absent ->
          throw failure(Exit.FAULT, "the operator is older than this program");
      case Reply.Illegal<T>(var message) -> throw failure(Exit.REFUSED, message);
      case Reply.Unanswered<T>(var why) -> throw failure(Exit.FAULT, why);
    };
  }

  static CallFailure failure(Exit exit, String what) {
    return new CallFailure(exit, Problem.of(what));
  }
}
