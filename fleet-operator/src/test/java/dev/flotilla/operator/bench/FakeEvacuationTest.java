package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The fake engine keeps the contract that the real one keeps.
class FakeEvacuationTest extends EvacuationContract {

  private static final MemberName A1 = new MemberName("a1");
  private static final MemberName B1 = new MemberName("b1");
  private static final MemberName B2 = new MemberName("b2");

  private final FakeDatabase database = new FakeDatabase("u", new ManualTime());

  FakeEvacuationTest() {
    database.members(new TreeMap<>(Map.of("a1", "a", "b1", "b", "b2", "b")), Map.of());
    database.reachedAt(Map.of("a1", "10.0.0.1", "b1", "10.0.1.1", "b2", "10.0.1.2"));
    database.store(INDEX, SHARDS, 1);
  }

  @Override
  protected EnginePort engine() {
    return new DatabaseAlone();
  }

  @Override
  protected EnginePort.Access access() {
    var none = new TenantSecret(new TenantId("none"), Optional.empty(), new TreeMap<>());
    return new EnginePort.Access(Bench.SEARCH, new TreeMap<>(), none);
  }

  @Override
  protected MemberName lonely() {
    return A1;
  }

  @Override
  protected List<MemberName> pair() {
    return List.of(B1, B2);
  }

  @Override
  protected void byHand(String text) {
    database.markByHand(entries(text));
  }

  @Override
  protected void byAddress(String text) {
    database.excludeAddresses(entries(text));
  }

  @Override
  protected String address(MemberName member) {
    return "10.0.%s.%s".formatted(member.equals(A1) ? "0" : "1", member.equals(B2) ? "2" : "1");
  }

  private static List<String> entries(String text) {
    return Arrays.stream(text.split(",")).map(String::trim).filter(it -> !it.isEmpty()).toList();
  }

  @Override
  protected String settings() {
    return "%s %s".formatted(database.listed(), database.excludedAddresses());
  }

  @Override
  protected void settled() {
    // It decides while it is asked.
  }

  /// An engine that has this database alone.
  private final class DatabaseAlone implements EnginePort {

    @Override
    public Reading<EngineReport> observe(StopSignal stop, Access access) {
      return new Reading.Unknown<>("nobody asks here");
    }

    @Override
    public Reading<EngineMarks> listMarks(StopSignal stop, Access access, Errand errand) {
      return new Reading.Known<>(database.marks(), Instant.EPOCH);
    }

    @Override
    public MarkResult sync(StopSignal stop, Access access, Errand errand, MarkOrder order) {
      return database.sync(order);
    }

    @Override
    public Reading<Evacuation> evacuation(
        StopSignal stop, Access access, Errand errand, Set<MemberName> leaving) {
      return new Reading.Known<>(database.evacuation(leaving), Instant.EPOCH);
    }

    @Override
    public Reading<List<Explained>> explain(
        StopSignal stop,
        Access access,
        Errand errand,
        List<Evacuation.Copy> copies,
        Set<MemberName> leaving) {
      return new Reading.Known<>(database.explain(copies, leaving), Instant.EPOCH);
    }
  }
}
