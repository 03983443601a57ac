package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort.Access;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Asks the members of one tenant one after the other, beginning with the one that answered last,
/// until one knows.
///
/// @param deadline for all of them together
record Turns(KnownTenants tenants, SharedClient client, Duration deadline) {

  /// With many members, some are left for the next time rather than all asked in haste.
  private static final Duration LEAST_SHARE = Duration.ofSeconds(2);

  private static final int MAX_COMPLAINTS = 3;

  /// @param errand goes with every request; empty if nobody needs to know
  /// @param question to one member; its clause about what is not known begins without a subject
  <T> Reading<T> ask(
      StopSignal stop, Access access, String errand, Function<Caller, Reading<T>> question) {
    if (access.addresses().isEmpty()) {
      return new Reading.Unknown<>("none of its members has an address");
    }
    return switch (tenants.enter(access)) {
      case KnownTenants.Entry.Refused(var why) -> new Reading.Unknown<>(why);
      case KnownTenants.Entry.Entered(var visit) -> {
        try (visit) {
          if (visit.authorityChanged()) {
            client.closeIdle();
          }
          var members = inTurn(List.copyOf(access.addresses().keySet()), visit.beginWith());
          var whole = Patience.of(deadline);
          var first = new Caller(client, stop, access, members.getFirst(), errand, whole, whole);
          yield ask(first, members, visit, question);
        }
      }
    };
  }

  private static <T> Reading<T> ask(
      Caller first,
      List<MemberName> members,
      KnownTenants.Visit visit,
      Function<Caller, Reading<T>> question) {
    var stop = first.stop();
    var patience = first.whole();
    var complaints = new ArrayList<String>();
    for (int i = 0; i < members.size() && !stop.isStopped() && !patience.isOver(); i++) {
      var member = members.get(i);
      var share = patience.share(members.size() - i, LEAST_SHARE);
      switch (question.apply(first.at(member, share))) {
        case Reading.Known<T> known -> {
          visit.rememberFirst(member);
          return known;
        }
        case Reading.Unknown<T>(var why) -> {
          visit.rememberFirst(members.get((i + 1) % members.size()));
          complaints.add(member + " " + why);
        }
      }
    }
    return new Reading.Unknown<>(
        stop.isStopped() ? "asking it was stopped" : summary(complaints, members.size()));
  }

  private static List<MemberName> inTurn(List<MemberName> members, MemberName first) {
    return Stream.concat(
            members.stream().filter(member -> member.compareTo(first) >= 0),
            members.stream().filter(member -> member.compareTo(first) < 0))
        .toList();
  }

  private static String summary(List<String> complaints, int members) {
    var told =
        String.join("; ", complaints.subList(0, Math.min(complaints.size(), MAX_COMPLAINTS)));
    int untold = members - Math.min(complaints.size(), MAX_COMPLAINTS);
    return untold > 0 ? "%s; %d more".formatted(told, untold) : told;
  }
}
