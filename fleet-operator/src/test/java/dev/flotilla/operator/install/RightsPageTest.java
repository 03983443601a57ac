package dev.flotilla.operator.install;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps `docs/reference/rbac.md` equal to `install/`, and the rights small.
///
/// Run with `-Dflotilla.generate=true` to write the page anew.
class RightsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "rbac.md");

  private static final List<String> VERBS =
      List.of("get", "list", "watch", "create", "update", "patch", "delete");

  @Test
  void thePageSaysWhatIsInstalled() throws IOException {
    var page = page();

    if (Boolean.getBoolean("flotilla.generate")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).as("run this test with -Dflotilla.generate=true").hasContent(page);
  }

  /// What the operator cannot do by right it cannot do by mistake. It deletes claims where somebody
  /// has said so; a policy refuses it every other one.
  @Test
  void nothingElseWithDataInItCanBeDeleted() {
    assertThat(rules().filter(rule -> rule.getVerbs().stream().anyMatch(RightsPageTest::deletes)))
        .flatExtracting(PolicyRule::getResources)
        .containsOnly("pods", "persistentvolumeclaims");
  }

  @Test
  void nothingIsGrantedByPattern() {
    assertThat(rules())
        .allSatisfy(rule ->
            assertThat(
                    Stream.of(rule.getVerbs(), rule.getResources(), rule.getApiGroups())
                        .flatMap(List::stream))
                .doesNotContain("*"));
  }

  private static boolean deletes(String verb) {
    return Set.of("delete", "deletecollection", "*").contains(verb);
  }

  /// What the operator's service account is given.
  private static Stream<PolicyRule> rules() {
    return Stream.concat(rulesOf("flotilla-operator"), rulesOf("flotilla-store"));
  }

  private static Stream<PolicyRule> rulesOf(String name) {
    Stream<HasMetadata> roles =
        Stream.concat(
            Manifests.all(ClusterRole.class).stream(), Manifests.all(Role.class).stream());
    return roles
        .filter(role -> role.getMetadata().getName().equals(name))
        .flatMap(role ->
            role instanceof ClusterRole everywhere
                ? everywhere.getRules().stream()
                : ((Role) role).getRules().stream());
  }

  private static String page() {
    return """
    # What the operator and its users may do

    Which rights does the operator need, and where?
    This page is generated from `install/20-rights.yaml`. The last row holds in its own namespace alone.

    %s

    Which rights can people be given?
    These are from `install/21-user-roles.yaml`. The first two come by themselves to whoever may view or edit a namespace. The
    other three are bound to the people who run the fleet: `flotilla-fleet` everywhere, to say what holds for all databases
    together; in the operator's namespace `flotilla-ask`, which shows every database to them (`flotilla plan`), and
    `flotilla-store-keeper`, to look after the store (`flotilla store`). No command needs to read Secrets or to enter pods.

    %s
    """
        .formatted(
            table("API group", rules().flatMap(RightsPageTest::rows)),
            table(
                "Role | API group",
                Stream.of(
                        "flotilla-view",
                        "flotilla-edit",
                        "flotilla-fleet",
                        "flotilla-ask",
                        "flotilla-store-keeper")
                    .flatMap(role ->
                        rulesOf(role)
                            .flatMap(RightsPageTest::rows)
                            .map(row -> "| %s %s".formatted(role, row)))));
  }

  private static String table(String heading, Stream<String> rows) {
    var columns = heading + " | Resource | " + String.join(" | ", VERBS);
    return """
    | %s |
    |%s
    %s\
    """
        .formatted(
            columns, " --- |".repeat(columns.split("\\|").length), rows.collect(joining("\n")));
  }

  private static Stream<String> rows(PolicyRule rule) {
    var group = rule.getApiGroups().getFirst();
    var only =
        rule.getResourceNames().isEmpty()
            ? ""
            : " " + String.join(", ", new TreeSet<>(rule.getResourceNames()));
    var marks =
        VERBS.stream()
            .map(verb -> rule.getVerbs().contains(verb) ? "x" : " ")
            .collect(joining(" | "));
    return rule.getResources().stream()
        .map(resource ->
            "| %s | %s%s | %s |"
                .formatted(group.isEmpty() ? "core" : group, resource, only, marks));
  }
}
