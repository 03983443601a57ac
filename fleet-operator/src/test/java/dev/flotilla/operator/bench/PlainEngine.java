package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.port.Credentials;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.operator.port.MemberCertificate;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The pure side of an engine without any engine: settings, start commands and secrets that mean
/// nothing.
public final class PlainEngine implements EngineProfile, Credentials {

  private final InstantSource clock;

  public PlainEngine(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean emptiesMembers() {
    return true;
  }

  @Override
  public SortedSet<String> ownedSettings() {
    return new TreeSet<>();
  }

  @Override
  public Optional<String> objectionTo(String setting) {
    return Optional.empty();
  }

  @Override
  public ClusterView.Blueprint blueprint(ClusterRef cluster, ClusterSpec spec) {
    var files = new TreeMap<String, String>();
    files.put("engine.yml", "zones: %s\n%s\n".formatted(spec.zones(), spec.config()));
    return new ClusterView.Blueprint(files);
  }

  @Override
  public SeedFile seeds(SortedSet<String> addresses) {
    return new SeedFile("seeds.txt", String.join("\n", addresses));
  }

  @Override
  public Container container(PodDraft pod) {
    return new Container(
        List.of("true"),
        List.of("run"),
        new TreeMap<>(),
        new TreeMap<>(),
        Optional.of(9200),
        List.of(),
        "/data",
        "/config",
        List.of("/tmp"),
        List.of());
  }

  @Override
  public int clientPort() {
    return 9200;
  }

  @Override
  public TenantSecret found(ClusterRef cluster, TenantId tenant) {
    var files = new TreeMap<String, String>();
    files.put("ca.crt", "authority of " + tenant);
    return new TenantSecret(tenant, Optional.empty(), files);
  }

  @Override
  public Optional<String> objection(TenantSecret tenant) {
    return Optional.empty();
  }

  @Override
  public MemberCertificate issue(TenantSecret tenant, MemberRecord member) {
    var expires = clock.instant().plus(Duration.ofDays(365));
    return new MemberCertificate("key", "leaf of " + member.name(), "authority", expires);
  }
}
