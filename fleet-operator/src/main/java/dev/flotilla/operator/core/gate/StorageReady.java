package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Growth;
import dev.flotilla.operator.core.rule.StorageWords;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.StorageClassView;
import dev.flotilla.topology.model.Zone;
import java.util.List;

/// Holds new members until their storage class exists, makes volumes only once a pod has a node,
/// and serves every zone.
///
/// A class that binds at once makes volumes in zones that their pods may not run in, where the pod
/// then waits for ever. Source: R28 in docs/requirements.md.
final class StorageReady implements Gate {

  @Override
  public String meaning() {
    return "Members are added only on a storage class that makes volumes where their pods run.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.STORAGE_CLASS_MISSING, Reason.STORAGE_BLOCKED);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (!view.members().isEmpty() && !Growth.isGrowth(step)) {
      return Verdict.pass();
    }
    return view.spec().pools().stream()
        .map(pool -> check(view, pool))
        .filter(Verdict.Veto.class::isInstance)
        .findFirst()
        .orElse(Verdict.pass());
  }

  private static Verdict check(ClusterView view, PoolSpec pool) {
    return view.terrain()
        .storageClass(pool.storageClass())
        .map(storageClass -> check(storageClass, view.spec().zones()))
        .orElse(Verdict.veto(Reason.STORAGE_CLASS_MISSING, StorageWords.missing(pool)));
  }

  private static Verdict check(StorageClassView storageClass, List<Zone> zones) {
    if (!storageClass.bindsLate()) {
      return Verdict.veto(
          Reason.STORAGE_BLOCKED,
          "Storage class %s binds volumes before their pod has a node, so a volume can be made where its pod cannot run. Use one with volumeBindingMode: WaitForFirstConsumer."
              .formatted(storageClass.name()));
    }
    return zones.stream()
        .filter(zone -> !storageClass.serves(zone))
        .findFirst()
        .map(zone ->
            Verdict.veto(
                Reason.STORAGE_BLOCKED,
                "Storage class %s makes no volumes in zone %s (allowedTopologies). Use another class or another zone."
                    .formatted(storageClass.name(), zone)))
        .orElse(Verdict.pass());
  }
}
