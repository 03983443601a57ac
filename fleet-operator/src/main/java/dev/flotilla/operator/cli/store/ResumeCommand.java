package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `store resume`: a person says what counts, and the operators act again.
@Command(
    name = "resume",
    description = "Let operators act again on a store that was lost, restored or replaced.")
final class ResumeCommand extends StoreVerb {

  /// What counts; the constants are spelled as people type them.
  enum Side {
    /// The store as it is. What it does not know stays where it is, unused.
    store,
    /// Volumes and pods. What differs is recorded anew from them.
    kubernetes
  }

  @Option(
      names = "--trust",
      paramLabel = "SIDE",
      description = "What counts where they differ, one of: ${COMPLETION-CANDIDATES}.")
  private Optional<Side> side = Optional.empty();

  ResumeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Answer answer(Session session, StoreNotes notes) {
    if (notes.halted().isEmpty()) {
      return new Answer.Told(
          Exit.DONE, new StoreAct("Nothing keeps the operators from acting.", ""));
    }
    if (notes.isHalfRestored() && !side.equals(Optional.of(Side.kubernetes))) {
      throw failure(
          Exit.REFUSED,
          "a backup was not put back to its end: give store restore again, or --trust kubernetes");
    }
    if (side.isEmpty()) {
      var comparison = answered(session.operator(operator()).comparison());
      if (!comparison.differences().isEmpty()) {
        session.hint("say which side counts: --trust store or --trust kubernetes");
        return new Answer.Told(Exit.REFUSED, new Compared(comparison));
      }
    }
    var trusted = side.orElse(Side.store).name();
    var _ = notes.change(session.kube(), Map.of("trusted", trusted));
    return new Answer.Told(
        Exit.DONE,
        new StoreAct(
            "The operators go on within some seconds; what counts is %s.".formatted(trusted),
            session.program() + " store members"));
  }
}
