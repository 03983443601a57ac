package dev.flotilla.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.operator.kube.render.Statuses;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When a status is another one.
class StatusesTest {

  private static final Instant BEFORE = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant NOW = Instant.parse("2026-01-02T04:00:00Z");

  private final Statuses statuses = new Statuses(Samples.CLUSTER, 9200);

  @Test
  void whatSaysTheSameLaterIsTheSame() {
    var before = statuses.cluster(Samples.report("All is well."), Optional.empty(), BEFORE);
    var after = statuses.cluster(Samples.report("All is well."), Optional.empty(), NOW);

    assertThat(after).isNotEqualTo(before);
    assertThat(Statuses.same(before, after)).isTrue();
  }

  @Test
  void anotherMessageIsAnotherStatusButNoTransition() {
    var before = statuses.cluster(Samples.report("All is well."), Optional.empty(), BEFORE);
    var after = statuses.cluster(Samples.report("It is fine."), Optional.of(before), NOW);

    assertThat(Statuses.same(before, after)).isFalse();
    assertThat(after.conditions()).extracting(Condition::lastTransitionTime).containsOnly(BEFORE);
  }
}
