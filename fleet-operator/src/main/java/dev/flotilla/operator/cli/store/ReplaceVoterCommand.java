package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `store replace-voter ZONE`: the voter of a zone is given up for its next incarnation.
@Command(
    name = "replace-voter",
    description = "Give up the voter of a zone, whose disk is lost or damaged, for its next one.")
final class ReplaceVoterCommand extends StoreVerb {

  @Parameters(paramLabel = "ZONE", description = "Zone of the voter that is given up.")
  private String zone = "";

  ReplaceVoterCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Answer answer(Session session, StoreNotes notes) {
    var former = notes.voters().stream().filter(voter -> zone(voter).equals(zone)).findFirst();
    if (former.isEmpty()) {
      return Answer.failed(
          Exit.ABSENT, Problem.of("zone %s has no voter of the store".formatted(zone)));
    }
    var sheet = StoreMembers.of(notes, new VoterCalls(session, operator().namespace()).ask());
    long others =
        sheet.voters().stream()
            .filter(voter -> notes.voters().contains(voter.name()))
            .filter(voter -> !voter.name().equals(former.get()))
            .filter(StoreMembers.Voter::counts)
            .count();
    int needed = notes.voters().size() / 2 + 1;
    if (others < needed || sheet.leader().isEmpty()) {
      throw failure(
          Exit.REFUSED,
          "without %s only %d voters take part, %d are needed: get another one back first"
              .formatted(former.get(), others, needed));
    }
    return replaced(session, notes, former.get());
  }

  private Answer replaced(Session session, StoreNotes notes, String former) {
    var next = next(former);
    var voters = new ArrayList<>(notes.voters());
    voters.replaceAll(voter -> voter.equals(former) ? next : voter);
    var started = notes.started().stream().filter(voter -> !voter.equals(former)).toList();
    var _ =
        notes.change(session.kube(), Map.of("voters", words(voters), "started", words(started)));
    return new Answer.Told(
        Exit.DONE,
        new StoreAct(
            "Voter %s takes the place of %s once its operator has started anew."
                .formatted(next, former),
            "kubectl delete pod -n %s -l app.kubernetes.io/component=operator,flotilla.dev/zone=%s"
                .formatted(operator().namespace(), zone)));
  }

  private static String words(List<String> voters) {
    return String.join(" ", voters);
  }

  private static String zone(String voter) {
    return voter.substring(0, voter.lastIndexOf('.'));
  }

  private static String next(String voter) {
    int incarnation = Integer.parseInt(voter.substring(voter.lastIndexOf('.') + 1));
    return "%s.%d".formatted(zone(voter), incarnation + 1);
  }
}
