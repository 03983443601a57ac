package dev.flotilla.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

  @Test
  void theStandardClusterHasTwoNodesInEachOfThreeZones() {
    var layout = new Layout(LabSpec.standard(0));

    assertThat(layout.nodes())
        .extracting(Layout.Node::name)
        .containsExactly("node-a-1", "node-a-2", "node-b-1", "node-b-2", "node-c-1", "node-c-2");
    assertThat(layout.node("node-b-1"))
        .hasValue(new Layout.Node("node-b-1", "b", "198.18.0.13", "198.18.3.0/24", "fl0-b-1"));
    assertThat(layout.node("node-d-1")).isEmpty();
  }

  @Test
  void theSixteenLargestClustersShareNoAddressAndNoName() {
    var layouts =
        IntStream.range(0, 16)
            .mapToObj(number -> new Layout(new LabSpec(number, List.of("eu1", "eu2", "eu3"), 5)))
            .toList();

    assertThat(layouts.stream().flatMap(LayoutTest::addresses)).doesNotHaveDuplicates();
    assertThat(layouts.stream().map(Layout::controlGroup)).doesNotHaveDuplicates();
    assertThat(layouts.stream().flatMap(layout -> layout.nodes().stream()))
        .extracting(Layout.Node::link)
        .doesNotHaveDuplicates();
  }

  private static Stream<String> addresses(Layout layout) {
    return Stream.concat(
        Stream.of(layout.gateway(), layout.services(), layout.loopback()),
        layout.nodes().stream().flatMap(node -> Stream.of(node.address(), node.pods())));
  }

  @Test
  void theLongestNameOfALinkFits() {
    var layout = new Layout(new LabSpec(15, List.of("abcdef"), 15));

    assertThat(layout.nodes())
        .extracting(Layout.Node::link)
        .allSatisfy(link -> assertThat(link).hasSizeLessThanOrEqualTo(15));
    assertThat(layout.link() + "-u-abcdef").hasSizeLessThanOrEqualTo(15);
  }

  @Test
  void aControlPlaneAloneListensOnLoopback() {
    var layout = new Layout(LabSpec.controlPlane(LabSpec.LAST_CONTROL_PLANE));

    assertThat(layout.api()).isEqualTo("127.1.0.120");
    assertThat(layout.nodes()).isEmpty();
  }

  /// With 254 of them, as clusters with nodes have, a benchmark of 300 databases never ended.
  @Test
  void aControlPlaneAloneHasRoomForTensOfThousandsOfServices() {
    var layout = new Layout(LabSpec.controlPlane(LabSpec.LAST_CONTROL_PLANE));

    assertThat(layout.services()).isEqualTo("198.19.0.0/16");
    assertThat(layout.apiService()).isEqualTo("198.19.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "zone-a", "toolong"})
  void aZoneNameThatNoLinkCanCarryIsRefused(String zone) {
    assertThatThrownBy(() -> new LabSpec(0, List.of(zone), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + zone + "'");
  }

  @Test
  void numbersAndSizesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new LabSpec(16, List.of("a"), 1))
        .hasMessage("clusters are numbered 0 to 15");
    assertThatThrownBy(() -> new LabSpec(0, List.of("a", "a"), 1))
        .hasMessage("a zone is named twice");
    assertThatThrownBy(() -> new LabSpec(0, List.of("a", "b", "c"), 6))
        .hasMessage("a cluster has 1 to 15 nodes");
    assertThatThrownBy(() -> new LabSpec(0, List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nodesShareTheMemoryAndEachPromisesAWholeProcessor() {
    var share = new MachineShare(2, 24L << 30, 6);

    assertThat(share.reservedCpu()).isEqualTo("1000m");
    assertThat(share.reservedMemory()).isEqualTo((24 * 1024 - 3481) + "Mi");
    assertThat(new MachineShare(32, 64L << 30, 4).reservedCpu()).isEqualTo("16000m");
    assertThat(new MachineShare(1, 1L << 30, 9).reservedMemory()).isEqualTo("0Mi");
  }
}
