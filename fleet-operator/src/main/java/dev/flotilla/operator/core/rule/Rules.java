package dev.flotilla.operator.core.rule;

import java.util.List;

/// The rules that keep a cluster and those that stop it, in the order in which their steps are
/// carried out.
public final class Rules {

  /// For a cluster that shall exist: what members need comes before members, repair before growth.
  public static final List<Rule> KEEPING =
      List.of(
          new KeepTenant(),
          new ReportStrayVolumes(),
          new KeepPools(),
          new KeepConfig(),
          new PublishSeeds(),
          new KeepService(),
          new KeepBudgets(),
          new RecordProvisioned(),
          new KeepCertificates(),
          new KeepVolumes(),
          new GrowVolumes(),
          new KeepBodies(),
          new NudgeJoining(),
          new AllocateMembers(),
          new RecordFormation());

  /// Tells what is done about nothing, for a cluster that shall exist.
  public static final List<Rule> REPORTING = List.of(new ReportRemovedZones(), new ReportVersion());

  /// For a cluster whose deletion nobody has confirmed: nothing of it stops, what is lost comes
  /// back, and nothing else is changed.
  public static final List<Rule> SPARING =
      List.of(
          new StopMembers(),
          new KeepCertificates(),
          new PublishSeeds(),
          new KeepBodies(),
          new NudgeJoining());

  /// For a cluster whose resource is being deleted: its pods stop, everything that holds data
  /// stays.
  public static final List<Rule> DELETING = List.of(new StopMembers());

  private Rules() {}
}
