package dev.flotilla.operator.cli.describe;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.operator.cli.status.ClusterSheet;
import dev.flotilla.operator.cli.status.ClusterSheet.Finding;
import dev.flotilla.operator.cli.status.ClusterSheet.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes a tree of a custom resource. Children that are alike share a branch; what repeats another
/// branch is left out.
final class Trees {

  /// What members that share a branch have in common.
  private record Kind(String state, String reason) {}

  private static final int NAMED = 3;

  private final ClusterSheet sheet;
  private final List<Condition> conditions;
  private final boolean group;
  private final boolean allConditions;
  private final Optional<Finding> gravest;

  /// @param group whether members that are alike share a branch
  /// @param allConditions whether conditions that are good have a branch each
  Trees(DatabaseCluster cluster, boolean group, boolean allConditions) {
    sheet = ClusterSheet.of(cluster);
    conditions =
        Optional.ofNullable(cluster.getStatus())
            .map(DatabaseClusterStatus::conditions)
            .orElse(List.of());
    this.group = group;
    this.allConditions = allConditions;
    gravest = sheet.findings().stream().findFirst();
  }

  Description describe() {
    var children = new ArrayList<Branch>();
    children.add(conditions());
    var pools = new TreeMap<String, List<Member>>();
    sheet
        .members()
        .forEach(
            member -> pools.computeIfAbsent(member.pool(), pool -> new ArrayList<>()).add(member));
    pools.forEach((pool, members) -> children.add(pool(pool, members)));
    var root =
        new Branch(
            sheet.title(),
            sheet.phase().isEmpty() ? "Unseen" : sheet.phase(),
            gravest.map(Finding::reason).orElse(""),
            gravest.map(Trees::since).orElse(""),
            sheet.current() ? "" : notSeen(),
            false,
            children);
    return new Description(sheet.namespace(), sheet.name(), root.pathToCause(), root);
  }

  private String notSeen() {
    return sheet.phase().isEmpty()
        ? "no operator has reported on it yet; is one running?"
        : "the newest specification has not been looked at yet";
  }

  private Branch conditions() {
    var children = new ArrayList<Branch>();
    for (Finding finding : sheet.findings()) {
      children.add(
          new Branch(
              finding.condition(),
              status(finding.condition()),
              finding.reason(),
              since(finding),
              finding.message(),
              isGravest(finding.reason()) && membersWith(finding.reason()).isEmpty(),
              List.of()));
    }
    var told = sheet.findings().stream().map(Finding::reason).toList();
    var good = conditions.stream().filter(condition -> !told.contains(condition.reason())).toList();
    if (allConditions) {
      for (Condition condition : good) {
        children.add(
            new Branch(
                condition.type(),
                status(condition.type()),
                condition.reason(),
                condition.lastTransitionTime().toString(),
                condition.message(),
                false,
                List.of()));
      }
    }
    return new Branch(
        "conditions",
        good.size() + " ok",
        "",
        "",
        good.stream().map(Condition::type).collect(Collectors.joining(" ")),
        false,
        children);
  }

  private String status(String type) {
    return conditions.stream()
        .filter(condition -> condition.type().equals(type))
        .map(condition ->
            switch (condition.status()) {
              case TRUE -> "True";
              case FALSE -> "False";
              case UNKNOWN -> "Unknown";
            })
        .findFirst()
        .orElse("");
  }

  private Branch pool(String pool, List<Member> members) {
    var children = new ArrayList<Branch>();
    Map<Kind, List<Member>> alike =
        members.stream()
            .collect(
                Collectors.groupingBy(
                    member -> new Kind(member.state(), member.reason()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    alike.entrySet().stream()
        // What is not as it should be comes first.
        .sorted((left, right) ->
            Boolean.compare(left.getKey().reason().isEmpty(), right.getKey().reason().isEmpty()))
        .forEach(entry -> {
          if (group && entry.getValue().size() > 1) {
            children.add(together(entry.getKey(), entry.getValue()));
          } else {
            entry.getValue().forEach(member -> children.add(member(member)));
          }
        });
    long active = members.stream().filter(member -> member.reason().isEmpty()).count();
    return new Branch(
        "pool " + pool, active + "/" + members.size() + " ok", "", "", "", false, children);
  }

  private Branch together(Kind kind, List<Member> members) {
    var zones = members.stream().map(Member::zone).distinct().sorted().toList();
    var named = members.stream().limit(NAMED).map(Member::name).collect(Collectors.joining(", "));
    var more = members.size() > NAMED ? " and %d more".formatted(members.size() - NAMED) : "";
    return new Branch(
        "%s %s: %d members"
            .formatted(
                zones.size() == 1 ? "zone" : "zones", String.join(", ", zones), members.size()),
        kind.state(),
        kind.reason(),
        "",
        kind.reason().isEmpty() ? "" : named + more,
        isGravest(kind.reason()),
        List.of());
  }

  private Branch member(Member member) {
    if (member.reason().isEmpty()) {
      return new Branch(member.name(), member.state(), "", "", "", false, List.of());
    }
    var children = new ArrayList<Branch>();
    boolean gravestHere = isGravest(member.reason());
    boolean node = isAboutNode(member.reason()) && !member.node().isEmpty();
    boolean volume = isAboutVolume(member.reason()) && !member.volume().isEmpty();
    if (!member.node().isEmpty()) {
      children.add(part("node " + member.node(), gravestHere && node));
    }
    if (!member.volume().isEmpty()) {
      children.add(part("volume " + member.volume(), gravestHere && volume));
    }
    return new Branch(
        member.name(),
        member.state(),
        member.reason(),
        "",
        Reason.of(member.reason()).map(Reason::meaning).orElse(""),
        gravestHere && !node && !volume,
        children);
  }

  private static Branch part(String object, boolean cause) {
    return new Branch(object, "", "", "", "", cause, List.of());
  }

  private static boolean isAboutNode(String reason) {
    return reason.equals(Reason.NODE_UNKNOWN.id())
        || reason.equals(Reason.NODE_OUT_OF_SERVICE.id());
  }

  private static boolean isAboutVolume(String reason) {
    return reason.startsWith("Volume") || reason.startsWith("Storage");
  }

  private boolean isGravest(String reason) {
    return gravest.filter(finding -> finding.reason().equals(reason)).isPresent();
  }

  private List<Member> membersWith(String reason) {
    return sheet.members().stream().filter(member -> member.reason().equals(reason)).toList();
  }

  private static String since(Finding finding) {
    return finding.since() == null ? "" : finding.since().toString();
  }
}
