package dev.flotilla.operator.install;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

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

  /// What the operator cannot do by right it cannot do by mistake.
  @Test
  void nothingWithDataInItCanBeDeleted() {
    assertThat(rules().filter(rule -> rule.getVerbs().stream().anyMatch(RightsPageTest::deletes)))
        .flatExtracting(PolicyRule::getResources)
        .containsOnly("pods");
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

  private static Stream<PolicyRule> rules() {
    var everywhere =
        Manifests.all(ClusterRole.class).stream()
            .filter(role -> role.getMetadata().getName().equals("flotilla-operator"))
            .flatMap(role -> role.getRules().stream());
    var athome = Manifests.all(Role.class).stream().flatMap(role -> role.getRules().stream());
    return Stream.concat(everywhere, athome);
  }

  private static String page() {
    return """
    # What the operator may do

    Which rights does the operator need, and where?
    This page is generated from `install/20-rights.yaml`. The last row holds in its own namespace alone.

    | API group | Resource | %s |
    | --- | --- |%s
    %s
    """
        .formatted(
            String.join(" | ", VERBS),
            " --- |".repeat(VERBS.size()),
            rules().flatMap(RightsPageTest::rows).collect(joining("\n")));
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
