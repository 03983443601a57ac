package dev.flotilla.operator.core.volume;

import dev.flotilla.operator.core.rule.Rule;
import java.util.List;

/// The rules about volumes that no member uses any more.
public final class VolumeRules {

  /// For a cluster that shall exist.
  public static final List<Rule> KEEPING = List.of(new RetainVolumes());

  /// For a cluster whose resource is being deleted.
  public static final List<Rule> DELETING = List.of(new ReleaseVolumes());

  private VolumeRules() {}
}
