package dev.flotilla.operator.cli.explain;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.operator.cli.status.ClusterSheet;
import dev.flotilla.operator.cli.status.ClusterSheet.Finding;
import dev.flotilla.operator.cli.status.ClusterSheet.Member;
import dev.flotilla.operator.cli.status.Verdict;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.topology.model.MemberName;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From a custom resource to an explanation.
final class Explainer {

  private final String program;
  private final Bodies bodies;
  private final ClusterSheet sheet;
  private final String uid;
  private final Optional<Condition> available;
  private final String reported;

  /// @param program what to type for this program
  Explainer(String program, DatabaseCluster cluster, Bodies bodies) {
    this.program = program;
    this.bodies = bodies;
    sheet = ClusterSheet.of(cluster);
    available =
        Optional.ofNullable(cluster.getStatus()).map(DatabaseClusterStatus::conditions).stream()
            .flatMap(List::stream)
            .filter(condition -> condition.type().equals(ConditionType.AVAILABLE.id()))
            .findFirst();
    reported = reported(cluster);
    uid = Optional.ofNullable(cluster.getMetadata().getUid()).orElse("");
  }

  Explanation explain(LiveHolds live) {
    return new Explanation(
        sheet.namespace(),
        sheet.name(),
        sheet.phase(),
        sheet.current(),
        reported,
        available.map(Explainer::serving).orElse(""),
        live.missing(),
        held(live.holds()));
  }

  private static String serving(Condition available) {
    var answer =
        switch (available.status()) {
          case TRUE -> "yes";
          case FALSE -> "no";
          case UNKNOWN -> "unknown";
        };
    return answer + ". " + available.message();
  }

  /// What the plan says, then what only conditions say, then what only members say.
  private List<Held> held(List<Hold> holds) {
    var held = new ArrayList<Held>();
    for (Hold hold : holds) {
      held.add(held(hold));
    }
    for (Finding finding : sheet.findings()) {
      if (isNew(held, finding.reason())) {
        held.add(
            held(
                finding.verdict(),
                finding.reason(),
                since(finding.reason()),
                finding.message(),
                membersWith(finding.reason())));
      }
    }
    for (Member member : sheet.members()) {
      var reason = member.reason();
      if (!reason.isEmpty() && isNew(held, reason)) {
        var message = Reason.of(reason).map(Reason::meaning).orElse("");
        held.add(held(verdict(reason), reason, "", message, membersWith(reason)));
      }
    }
    held.sort(Comparator.comparing(Held::verdict));
    return held;
  }

  private static boolean isNew(List<Held> held, String reason) {
    return held.stream().noneMatch(told -> told.reason().equals(reason));
  }

  private Held held(Hold hold) {
    var id = hold.reason().id();
    var members =
        hold.subject().stream()
            .map(MemberName::value)
            .map(name ->
                sheet.members().stream()
                    .filter(member -> member.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> new Member(name, "", "", "", id, "", "")))
            .toList();
    var told = held(verdict(id), id, since(id), hold.message(), members);
    return told.givenBy(
        Held.holders().filter(holder -> holder.name().equals(hold.by())).map(Held.By::of).toList());
  }

  private String since(String reason) {
    return sheet.findings().stream()
        .filter(finding -> finding.reason().equals(reason) && finding.since() != null)
        .map(finding -> finding.since().toString())
        .findFirst()
        .orElse("");
  }

  private List<Member> membersWith(String reason) {
    return sheet.members().stream().filter(member -> member.reason().equals(reason)).toList();
  }

  private static Verdict verdict(String reason) {
    return Reason.of(reason)
        .filter(known -> known.attention() != Attention.PROBLEM)
        .map(known -> Verdict.WORKING)
        .orElse(Verdict.PROBLEM);
  }

  private Held held(
      Verdict verdict, String id, String since, String message, List<Member> members) {
    var names = members.stream().map(Member::name).toList();
    return Reason.of(id)
        .map(reason ->
            new Held(
                verdict,
                id,
                since,
                names,
                reason.safeState(),
                Held.givers(reason),
                message,
                available.map(Condition::message).orElse(""),
                reason.meaning(),
                reason.cause(),
                Held.waysOut(reason, places(reason, members)),
                Held.asksAgain(reason)))
        .orElseGet(() -> foreign(verdict, id, since, message, names));
  }

  private Held foreign(
      Verdict verdict, String id, String since, String message, List<String> members) {
    return new Held(
        verdict,
        id,
        since,
        members,
        "This program is older than the operator and does not know the reason.",
        List.of(),
        message,
        available.map(Condition::message).orElse(""),
        "",
        "",
        List.of(
            new Held.Way(
                "use-a-newer-program",
                "nothing changes",
                "%s status %s".formatted(program, sheet.title()))),
        "");
  }

  /// Names for commands; of several members, those of the first.
  private Map<String, String> places(Reason reason, List<Member> members) {
    var places = new LinkedHashMap<String, String>();
    places.put("flotilla", program);
    places.put("namespace", sheet.namespace());
    places.put("cluster", sheet.name());
    put(places, "uid", uid);
    members.stream()
        .findFirst()
        .ifPresent(member -> {
          put(places, "member", member.name());
          put(places, "pool", member.pool());
          put(places, "zone", member.zone());
          put(places, "node", member.node());
          put(places, "volume", member.volume());
          if (Bodies.areNamedBy(reason)) {
            put(places, Bodies.PLACE, bodies.uid(sheet.namespace(), member.name()));
          }
        });
    return places;
  }

  private static void put(Map<String, String> places, String name, String value) {
    if (!value.isEmpty()) {
      places.put(name, value);
    }
  }

  /// The API server notes when a status was last written.
  private static String reported(DatabaseCluster cluster) {
    return Optional.ofNullable(cluster.getMetadata().getManagedFields()).stream()
        .flatMap(List::stream)
        .filter(entry -> "status".equals(entry.getSubresource()))
        .map(ManagedFieldsEntry::getTime)
        .max(String::compareTo)
        .orElse("");
  }
}
