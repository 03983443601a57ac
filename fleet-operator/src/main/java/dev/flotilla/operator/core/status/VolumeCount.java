package dev.flotilla.operator.core.status;

import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.ClusterView.KeptVolume;
import dev.flotilla.operator.core.view.VolumeView;
import java.util.Collection;

/// What the volume claims of one database are for.
///
/// Source: R34 in docs/requirements.md.
///
/// @param bound a member's
/// @param retained kept after a member that has gone, or after the database
/// @param orphaned those that carry the database's label, and of which nobody knows what they are
///   for
public record VolumeCount(int bound, int retained, int orphaned) {

  public static final VolumeCount NONE = new VolumeCount(0, 0, 0);

  public static VolumeCount of(ClusterView view) {
    int kept = (int) view.kept().stream().filter(VolumeCount::isKept).count();
    return new VolumeCount(
        (int) view.members().stream().filter(member -> member.volume().isPresent()).count(),
        kept,
        view.kept().size() - kept + view.strays().size());
  }

  private static boolean isKept(KeptVolume kept) {
    return kept.isCertain() || kept.volume().terminating();
  }

  /// @param left the claims of a database whose resource is gone
  public static VolumeCount ofLeftovers(Collection<VolumeView> left) {
    int ours = (int) left.stream().filter(volume -> volume.trusted().isPresent()).count();
    return new VolumeCount(0, ours, left.size() - ours);
  }
}
