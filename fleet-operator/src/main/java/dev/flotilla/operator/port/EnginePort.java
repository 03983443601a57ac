package dev.flotilla.operator.port;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The engine's admin side. Keeps nothing but connections.
public interface EnginePort extends AutoCloseable {

  /// Asks the engine how it is. Blocks for at most 10 seconds, ends early when the signal fires,
  /// and gives Unknown for whatever the engine does not vouch for, such as an answer without an
  /// elected voter.
  Reading<EngineReport> observe(StopSignal stop, Access access);

  /// Asks which marks there are, of whomever. Blocks for at most 10 seconds, ends early when the
  /// signal fires; what the elected voter does not vouch for is Unknown, never an empty list.
  default Reading<EngineMarks> listMarks(StopSignal stop, Access access, Errand errand) {
    return new Reading.Unknown<>(NO_MARKS);
  }

  /// Brings the operator's marks to what is ordered and reads them back; repeating it changes
  /// nothing. Entries of others survive to the byte, except an edit of theirs that falls between
  /// reading and writing: the engine cannot compare before it sets.
  ///
  /// While something else hides the list in which the operator writes, an order that wants marks is
  /// refused as a whole; releasing always works. Blocks for at most 10 seconds and ends early when
  /// the signal fires, which leaves Unconfirmed if the write was on its way.
  default MarkResult sync(StopSignal stop, Access access, Errand errand, MarkOrder order) {
    return new MarkResult.Refused(NO_MARKS);
  }

  /// Asks the elected voter itself, where it has an address, what is left on members and what is
  /// nowhere. Blocks for at most 10 seconds and ends early when the signal fires.
  default Reading<Evacuation> evacuation(
      StopSignal stop, Access access, Errand errand, Set<MemberName> leaving) {
    return new Reading.Unknown<>(NO_MARKS);
  }

  /// Asks for each copy whether any member that does not leave may take it, before or while its own
  /// member is marked. Blocks for at most 10 seconds and ends early when the signal fires; says
  /// what was learnt until then, in the order of the copies, and no more than [#MAX_EXPLAINED].
  ///
  /// Each copy is looked at by itself: what is possible for one at a time may not be for all.
  default Reading<List<Explained>> explain(
      StopSignal stop,
      Access access,
      Errand errand,
      List<Evacuation.Copy> copies,
      Set<MemberName> leaving) {
    return new Reading.Unknown<>(NO_MARKS);
  }

  /// How many copies are explained at once; each one costs the elected voter about 2 ms.
  int MAX_EXPLAINED = 100;

  /// Said by an engine whose members cannot be emptied.
  String NO_MARKS = "this engine cannot move data off a member";

  /// Ends its connections; nobody asks it any more.
  @Override
  default void close() {}

  /// How to reach one tenant's engine.
  ///
  /// @param addresses where each member's pod can be reached, by member; members without an address
  ///   are left out
  /// @param tenant the log-in and the authority to trust
  record Access(ClusterRef cluster, SortedMap<MemberName, String> addresses, TenantSecret tenant) {
    public Access {
      addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }
  }
}
