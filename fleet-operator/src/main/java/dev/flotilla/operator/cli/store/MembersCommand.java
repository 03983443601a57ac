package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import picocli.CommandLine.Command;

/// `store members`: who votes in the store, who leads, who is behind, who acts.
///
/// Each voter is asked through the API server, so that it works whichever of them are left.
@Command(
    name = "members",
    description = "Tell how the store is: its voters, who leads, who is behind, who acts.")
final class MembersCommand extends StoreVerb {

  MembersCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Answer answer(Session session, StoreNotes notes) {
    var sheet = StoreMembers.of(notes, new VoterCalls(session, operator().namespace()).ask());
    return new Answer.Told(sheet.isWell() ? Exit.DONE : Exit.REFUSED, sheet);
  }
}
