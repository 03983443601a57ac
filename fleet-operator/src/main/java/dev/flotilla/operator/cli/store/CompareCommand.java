package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import picocli.CommandLine.Command;

/// `store compare`: what the store says beside what exists, and what the engines count.
@Command(
    name = "compare",
    description = "Compare the store with volumes, pods and engines. Changes nothing.")
final class CompareCommand extends StoreVerb {

  CompareCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Answer answer(Session session, StoreNotes notes) {
    var comparison = answered(session.operator(operator()).comparison());
    var exit = comparison.differences().isEmpty() ? Exit.DONE : Exit.REFUSED;
    return new Answer.Told(exit, new Compared(comparison));
  }
}
