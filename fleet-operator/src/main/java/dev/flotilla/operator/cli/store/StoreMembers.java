package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.store.VoterCalls.Call;
import dev.flotilla.operator.document.Document;
import dev.flotilla.operator.document.VoterState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How the store is.
///
/// @param store its identity; empty if the operators do not vote on it
/// @param epoch number of the operator that acts
/// @param acting name of the operator that acts; empty if none does
/// @param halted why nobody acts before a person says so; empty if nothing is in the way
/// @param leader the voter that leads; empty if nobody says that it does
/// @param term number of the last election that any voter heard of
/// @param storeSeconds store time, in seconds
/// @param changing whether who votes is just being changed: no voter must be ended then
/// @param voters one for each voter on record, and one for each that says it is one and is not
/// @param missing what is not there and should be, each a sentence; empty if nothing is missing
public record StoreMembers(
    String store,
    String epoch,
    String acting,
    String halted,
    String leader,
    long term,
    long storeSeconds,
    boolean changing,
    List<Voter> voters,
    List<String> missing)
    implements Document, Printing {

  private static final long UNKNOWN = -1;

  /// A voter.
  ///
  /// @param name such as `zone-a.1`
  /// @param pod of its operator; empty if there is none
  /// @param role Leader, Follower, Listener or Candidate; empty if it takes no part
  /// @param applied number of the last entry that it has; -1 if it does not say
  /// @param lag how many entries it is behind; -1 if nobody knows
  /// @param why it takes no part; empty if it does
  public record Voter(String name, String pod, String role, long applied, long lag, String why) {

    boolean counts() {
      return !role.isEmpty() && !role.equals("Listener");
    }
  }

  public StoreMembers {
    voters = List.copyOf(voters);
    missing = List.copyOf(missing);
  }

  static StoreMembers of(StoreNotes notes, List<Call> calls) {
    var states =
        calls.stream()
            .flatMap(call ->
                call instanceof Call.Answered told ? Stream.of(told.state()) : Stream.empty())
            .toList();
    var leader =
        states.stream()
            .filter(state -> state.role().equals("Leader"))
            .max(Comparator.comparingLong(VoterState::term));
    boolean changing = states.stream().anyMatch(VoterState::changing);
    long end = states.stream().mapToLong(VoterState::committed).max().orElse(UNKNOWN);
    var voters = new ArrayList<Voter>();
    notes.voters().forEach(name -> voters.add(voter(name, calls, end)));
    states.stream()
        .filter(state -> !state.voter().isEmpty() && !notes.voters().contains(state.voter()))
        .forEach(state -> voters.add(voter(state.voter(), calls, end)));
    return new StoreMembers(
        notes.group(),
        notes.epoch(),
        notes.acting(),
        notes.halted(),
        leader.map(VoterState::voter).orElse(""),
        states.stream().mapToLong(VoterState::term).max().orElse(0),
        states.stream().mapToLong(VoterState::storeSeconds).max().orElse(0),
        changing,
        voters,
        missing(notes, voters, leader, changing));
  }

  private static Voter voter(String name, List<Call> calls, long end) {
    var zone = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    var call =
        calls.stream()
            .filter(it -> it.zone().equals(zone))
            .max(Comparator.comparing(it -> it instanceof Call.Answered));
    if (call.isEmpty()) {
      return new Voter(name, "", "", UNKNOWN, UNKNOWN, "zone %s has no operator".formatted(zone));
    }
    return switch (call.get()) {
      case Call.Silent(var pod, var where, var why) ->
          new Voter(name, pod, "", UNKNOWN, UNKNOWN, "its operator does not answer: " + why);
      case Call.Answered(var pod, var where, var state) when !state.voter().equals(name) ->
          new Voter(name, pod, "", UNKNOWN, UNKNOWN, reason(state));
      case Call.Answered(var pod, var where, var state) when state.role().isEmpty() ->
          new Voter(name, pod, "", UNKNOWN, UNKNOWN, state.why());
      case Call.Answered(var pod, var where, var state) ->
          new Voter(
              name,
              pod,
              state.role(),
              state.applied(),
              Math.max(0, end - state.applied()),
              state.why());
    };
  }

  private static String reason(VoterState state) {
    return state.voter().isEmpty()
        ? state.why()
        : "voter %s runs in its place".formatted(state.voter());
  }

  private static List<String> missing(
      StoreNotes notes, List<Voter> voters, Optional<VoterState> leader, boolean changing) {
    var missing = new ArrayList<String>();
    if (!notes.halted().isEmpty()) {
      missing.add("Nobody acts until a person has looked: %s.".formatted(notes.halted()));
    }
    if (notes.voters().isEmpty()) {
      return missing;
    }
    if (changing) {
      missing.add("Who votes is being changed: end no operator before it is done.");
    }
    int needed = notes.voters().size() / 2 + 1;
    long there =
        voters.stream()
            .filter(voter -> notes.voters().contains(voter.name()))
            .filter(Voter::counts)
            .count();
    if (there < needed) {
      missing.add(
          "%d of %d voters take part and %d are needed: nothing new is begun, members that run are left alone."
              .formatted(there, notes.voters().size(), needed));
    } else if (leader.isEmpty()) {
      missing.add("No voter leads: an election is under way.");
    } else if (there < notes.voters().size()) {
      missing.add(
          "%d of %d voters take part: work goes on, and stops if %d more is lost."
              .formatted(there, notes.voters().size(), there - needed + 1));
    }
    return missing;
  }

  /// Whether the store can be written to, and an operator may.
  boolean isWell() {
    return halted.isEmpty() && (voters.isEmpty() || !leader.isEmpty());
  }

  @Override
  public List<String> text(Screen screen) {
    return new MembersText(screen).lines(this);
  }

  @Override
  public Document document() {
    return this;
  }

  @Override
  public List<String> names() {
    return voters.stream().map(voter -> "voter/" + voter.name()).toList();
  }
}
