package dev.flotilla.operator.core.request;

import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.topology.lifecycle.Deadline;
import java.time.Duration;
import java.util.Optional;

/// Whether a member may be given up with all that it has, because a person named its very body.
///
/// It may as long as that body is the member's, and the engine says that it does not list it: who
/// answers can be emptied, or restarted.
///
/// Source: D4 in docs/requirements.md; docs/adr/0036-an-override-names-its-target.md
public final class Abandoning {

  /// For how long a person's word holds.
  static final Duration LONGEST = Duration.ofHours(1);

  private Abandoning() {}

  /// Why a member is not given up so; empty if it may be, or if only the engine does not say.
  ///
  /// @param uid of the body that was named
  public static Optional<String> obstacle(ClusterView view, MemberView member, String uid) {
    if (!member.bodyUid().equals(Optional.of(uid))) {
      return Optional.of(
          "spec.override.uid is %s, and member %s is %s now. Look at it again, and name that in another operation if you still mean it."
              .formatted(uid, member.name(), member.bodyUid().orElse("without pod and volume")));
    }
    return view.hasJoined(member)
        ? Optional.of(
            "Member %s is part of the engine, so nothing of it has to be given up. Drain it without spec.override."
                .formatted(member.name()))
        : Optional.empty();
  }

  /// Why such a request cannot be done as it is written.
  static Optional<String> objection(Asked asked, String uid) {
    var order = asked.request().order();
    var latest = asked.request().created().plus(LONGEST);
    if (order.members().size() != 1) {
      return Optional.of(
          "spec.override is about one member. Name one in spec.members, in another operation.");
    }
    if (order.deadline().at().isAfter(latest)
        || order.deadline().then() != Deadline.OnTimeout.CANCEL) {
      return Optional.of(
          "spec.override ends within an hour. Set spec.timeoutSeconds to 3600 or less and spec.onTimeout to Cancel, in another operation.");
    }
    return asked.member(order.members().getFirst()).flatMap(it -> obstacle(asked.view(), it, uid));
  }
}
