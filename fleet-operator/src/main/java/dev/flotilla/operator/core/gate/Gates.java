package dev.flotilla.operator.core.gate;

import java.util.List;

/// Gates in the order in which they are asked, and before those that stand beside what they are
/// about: the first veto is the one that is reported.
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
          new OthersWell(),
          new SomewhereToGo(),
          new ZoneFloor(),
          new ComesBack(),
          new OneRestart(),
          new FleetBudget(),
          new OneRemoval(),
          new NoShardsLeft());

  private Gates() {}
}
