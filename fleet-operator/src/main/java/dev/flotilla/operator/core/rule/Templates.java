package dev.flotilla.operator.core.rule;

import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PoolSpec;

/// What the pods of a pool have in common now, and the fingerprint that tells an older pod from a
/// current one.
public final class Templates {

  private Templates() {}

  /// Whether a pod that cannot start was made from other settings than are wanted now: only then
  /// can a new one fare better. It serves nothing, so it is made anew at once.
  ///
  /// Source: R44 in docs/requirements.md
  public static boolean isCorrected(ClusterView view, PoolSpec pool, PodView pod) {
    return pod.isStuck() && pod.isOutdated(of(view, pool).revision());
  }

  /// The template of a pool's pods as the specification wants them.
  public static PodDraft.Template of(ClusterView view, PoolSpec pool) {
    var spec = view.spec();
    var revision =
        Fingerprint.of(
            String.join(
                "\n",
                spec.engineVersion(),
                spec.image(),
                pool.roles().toString(),
                pool.resources().toString(),
                view.blueprint().files().toString()));
    return new PodDraft.Template(
        spec.engineVersion(), spec.image(), pool.roles(), pool.resources(), revision);
  }
}
