package dev.flotilla.topology.codec;

import static dev.flotilla.topology.codec.Line.required;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.MemberState;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What every written form says of a member, but for how far it has come.
final class MemberWords {

  private MemberWords() {}

  static SortedMap<String, String> of(MemberRecord member) {
    var words = new TreeMap<String, String>();
    words.put("tenant", member.tenant().value());
    words.put("cluster", member.cluster().toString());
    words.put("member", member.name().value());
    words.put("pool", member.pool().value());
    words.put("zone", member.zone().name());
    words.put("ordinal", Integer.toString(member.slot().ordinal()));
    words.put("founding", Boolean.toString(member.founding()));
    member.instead().ifPresent(other -> words.put("instead", other.value()));
    return words;
  }

  static ClusterRef cluster(Map<String, String> words) {
    var cluster = required(words, "cluster").split("/", 2);
    if (cluster.length != 2) {
      throw new IllegalArgumentException("cluster is not namespace/name");
    }
    return new ClusterRef(cluster[0], cluster[1]);
  }

  static MemberRecord member(Map<String, String> words, MemberState state) {
    var slot =
        new Slot(
            new PoolName(required(words, "pool")),
            new Zone(required(words, "zone")),
            Integer.parseInt(required(words, "ordinal")));
    return new MemberRecord(
        cluster(words),
        new TenantId(required(words, "tenant")),
        new MemberName(required(words, "member")),
        slot,
        Boolean.parseBoolean(required(words, "founding")),
        state,
        Optional.ofNullable(words.get("instead")).map(MemberName::new));
  }
}
