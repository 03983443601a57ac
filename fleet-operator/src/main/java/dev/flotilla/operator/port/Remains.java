package dev.flotilla.operator.port;

import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.MemberRecord;
import java.util.List;

/// What Kubernetes tells of a cluster's members, from which the store can be made anew.
///
/// @param members each once
/// @param drains what their volumes say of drains, for members that a volume tells of
public record Remains(List<MemberRecord> members, List<DrainRecord> drains) {

  public Remains {
    members = List.copyOf(members);
    drains = List.copyOf(drains);
  }
}
