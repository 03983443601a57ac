package dev.flotilla.operator.core.gate;

import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import java.util.List;

/// Every gate, in the order in which they are asked: the first veto is the one that is reported.
public final class Gates {

  public static final List<Gate> ALL =
      List.of(
          new ActingOperator(),
          new FreshView(),
          new FleetBreaker(),
          new TenantKnown(),
          new ThreeZones(),
          new StorageReady(),
          new DataPresent(),
          new FoundersComplete(),
          new EngineVersion(),
          new VolumePin(),
          new RetentionOver(),
          new OneBody(),
          new DisruptionAllowed(),
          new MemberBreaker(),
          new NamedTarget(),
          new OthersWell(),
          new ZoneFloor(),
          new ComesBack(),
          new OneRestart(),
          new SomewhereToGo(),
          new FleetBudget(),
          new OneRemoval(),
          new NoShardsLeft(),
          new ClientsElsewhere());

  /// Whether nothing holds a step but clients that have not been sent elsewhere yet.
  public static boolean holdOnlyForClients(ClusterView view, Step step) {
    return ALL.stream()
        .filter(gate -> !(gate instanceof ClientsElsewhere))
        .allMatch(gate -> gate.check(view, step) instanceof Verdict.Pass);
  }

  private Gates() {}
}
