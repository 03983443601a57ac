package dev.flotilla.operator.kube.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.operator.bench.Specs;
import dev.flotilla.operator.core.view.DrainPolicy;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchProfile;
import dev.flotilla.operator.port.ClusterResource.Specification;
import dev.flotilla.topology.lifecycle.Deadline;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is made of `spec.drain`, also of one that no API server has looked at.
class ClusterReaderTest {

  @Test
  void whereNothingIsSaidItIsAsItAlwaysWas() {
    assertThat(drain("")).isEqualTo(Specs.DRAIN);
    assertThat(drain("  drain: {}")).isEqualTo(Specs.DRAIN);
    assertThat(drain("  drain: {later: 1, onTimeout: null}")).isEqualTo(Specs.DRAIN);
  }

  @Test
  void everythingThatIsSaidCounts() {
    assertThat(
            drain(
                "  drain: {timeoutSeconds: 60, onTimeout: Hold, maxConcurrentDrains: 16, foreignExcludes: Reclaim}"))
        .isEqualTo(
            new DrainPolicy(
                Duration.ofMinutes(1), Deadline.OnTimeout.HOLD, 16, DrainPolicy.Foreign.RECLAIM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timeoutSeconds: 59      | spec.drain.timeoutSeconds is 59: write 60 to 604800
          timeoutSeconds: 604801  | spec.drain.timeoutSeconds is 604801: write 60 to 604800
          maxConcurrentDrains: 0  | spec.drain.maxConcurrentDrains is 0: write 1 to 16
          maxConcurrentDrains: 17 | spec.drain.maxConcurrentDrains is 17: write 1 to 16
          """)
  void whatIsOutOfRangeIsNamedWithTheRemedy(String field, String problem) {
    assertThat(read("  drain: {%s}".formatted(field)))
        .isEqualTo(new Specification.Illegal(problem));
  }

  private static DrainPolicy drain(String lines) {
    assertThat(read(lines)).isInstanceOf(Specification.Legal.class);
    return ((Specification.Legal) read(lines)).spec().drain();
  }

  private static Specification read(String lines) {
    var cluster =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: flotilla.dev/v1alpha1
                kind: DatabaseCluster
                metadata: {namespace: shop, name: search, uid: u}
                spec:
                  engine: {type: Elasticsearch, version: 9.5.3}
                  topology: {zones: [a, b, c]}
                  pools: [{name: data, instances: 3, storage: {size: 1Gi}}]
                """
                    + lines,
                RawCluster.class);
    return new ClusterReader(new ElasticsearchProfile()).read(cluster).specification();
  }
}
