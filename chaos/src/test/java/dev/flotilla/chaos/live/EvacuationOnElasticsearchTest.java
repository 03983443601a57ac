package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.chaos.lab.EngineProcesses;
import dev.flotilla.operator.bench.EvacuationContract;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchEngine;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Real Elasticsearch keeps the contract that the fake engine keeps: three members of one database,
/// one in zone a and two in zone b.
///
/// Takes about two minutes: the start of three members, which all tests share, and a hundred marks
/// that are set and taken away.
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvacuationOnElasticsearchTest extends EvacuationContract {

  private static final String LIST = "cluster.routing.allocation.exclude._name";
  private static final String ADDRESSES = "cluster.routing.allocation.exclude._ip";
  private static final String SETTINGS = "/_cluster/settings?flat_settings=true";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ElasticsearchEngine engine = new ElasticsearchEngine(InstantSource.system());
  private EngineProcesses engines;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    engines = EngineProcesses.start(folder, List.of("a", "b", "b"));
    engines
        .tenant()
        .send(
            "PUT",
            "/" + INDEX,
            "{\"settings\": {\"number_of_shards\": %d, \"number_of_replicas\": 1}}"
                .formatted(SHARDS));
    settled();
  }

  @AfterAll
  void end() {
    engine.close();
    engines.close();
  }

  @Override
  @Test
  @Tag("R9")
  protected void whatPeopleExcludedSurvivesAHundredOperations() {
    super.whatPeopleExcludedSurvivesAHundredOperations();
  }

  @Override
  @Test
  @Tag("R62")
  protected void releasingOneMarkLeavesTheOthers() {
    super.releasingOneMarkLeavesTheOthers();
  }

  @Override
  @Test
  @Tag("ZD-7")
  protected void anEntryByAddressIsStruckAloneAndItsMemberTakesDataAgain() {
    super.anEntryByAddressIsStruckAloneAndItsMemberTakesDataAgain();
  }

  /// Why nothing is taken away while a drain is open: the engine goes by the list that was written
  /// last, and by no other, whatever its settings say.
  ///
  /// Source: elastic/elasticsearch#55815
  @Test
  void whatIsWrittenIntoOneListTakesTheOthersEffect() {
    var heir = pair().getFirst();
    var other = pair().getLast();
    byAddress(address(heir));
    settled();
    byHand(other.value());
    settled();

    assertThat(settings()).contains(address(heir)).contains(other.value());
    assertThat(copiesOn(heir)).as("on the one whose address is excluded").isEqualTo(SHARDS);
    assertThat(copiesOn(other)).isZero();
    byAddress("");
    byHand("");
    settled();
  }

  private int copiesOn(MemberName member) {
    var errand = new Errand("facts", "test", new Epoch(1));
    return engine
        .evacuation(new StopSignal(), access(), errand, Set.of(member))
        .known()
        .flatMap(reading -> reading.member(member))
        .orElseThrow()
        .copies();
  }

  @Override
  protected EnginePort engine() {
    return engine;
  }

  @Override
  protected EnginePort.Access access() {
    return engines.access();
  }

  @Override
  protected MemberName lonely() {
    return engines.members().getFirst();
  }

  @Override
  protected List<MemberName> pair() {
    return engines.members().subList(1, 3);
  }

  @Override
  protected void byHand(String text) {
    put(LIST, text);
  }

  @Override
  protected void byAddress(String text) {
    put(ADDRESSES, text);
  }

  private void put(String setting, String text) {
    var value = text.isEmpty() ? "null" : JSON.valueToTree(text).toString();
    engines
        .tenant()
        .send("PUT", SETTINGS, "{\"persistent\":{\"%s\":%s}}".formatted(setting, value));
  }

  @Override
  protected String address(MemberName member) {
    return Objects.requireNonNull(engines.access().addresses().get(member));
  }

  @Override
  protected String settings() {
    return engines.tenant().get(SETTINGS).toString();
  }

  /// The engine itself waits until it has decided and moved everything.
  @Override
  protected void settled() {
    engines
        .tenant()
        .get(
            "/_cluster/health?wait_for_status=green&wait_for_no_relocating_shards=true"
                + "&wait_for_events=languid&timeout=60s");
  }
}
