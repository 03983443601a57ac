package dev.flotilla.topology.codec;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.MemberState;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// Writes a [VolumeRecord] as one readable line and reads it back.
///
/// `v1 cluster=shop/search engine=… founding=true … sum=5f3a09c1`: words `key=value` in the order
/// of their keys, and last a CRC-32 of everything before it, so that a record which was cut, merged
/// or edited by hand is not believed. A member that is read from its volume has a volume, so its
/// state is not written.
public final class VolumeRecordCodec {

  private static final String VERSION = "v1";

  private VolumeRecordCodec() {}

  /// What reading a written record gave.
  public sealed interface Decoded {

    record Valid(VolumeRecord value) implements Decoded {}

    /// @param why one clause for people, such as "its checksum is wrong"
    record Damaged(String why) implements Decoded {}
  }

  public static String encode(VolumeRecord volume) {
    var member = volume.member();
    var words = new TreeMap<String, String>();
    words.put("tenant", member.tenant().value());
    words.put("cluster", member.cluster().toString());
    words.put("member", member.name().value());
    words.put("pool", member.pool().value());
    words.put("zone", member.zone().name());
    words.put("ordinal", Integer.toString(member.slot().ordinal()));
    words.put("founding", Boolean.toString(member.founding()));
    volume.volumeUid().ifPresent(uid -> words.put("volume", uid));
    volume.engineUuid().ifPresent(uuid -> words.put("engine", uuid));
    var line = new StringBuilder(VERSION);
    words.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
    return line + " sum=" + checksum(line.toString());
  }

  public static Decoded decode(String text) {
    int sum = text.lastIndexOf(" sum=");
    if (sum < 0 || !checksum(text.substring(0, sum)).equals(text.substring(sum + 5))) {
      return new Decoded.Damaged("its checksum is wrong");
    }
    if (!text.startsWith(VERSION + " ")) {
      return new Decoded.Damaged(
          "it was written in a form that this version does not know: "
              + text.substring(0, text.indexOf(' ')));
    }
    try {
      return new Decoded.Valid(record(words(text.substring(VERSION.length(), sum).strip())));
    } catch (IllegalArgumentException e) {
      return new Decoded.Damaged(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> words(String line) {
    var words = new TreeMap<String, String>();
    for (var word : line.split(" ")) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("a word without a value: " + word);
      }
      words.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return words;
  }

  private static VolumeRecord record(Map<String, String> words) {
    var cluster = required(words, "cluster").split("/", 2);
    if (cluster.length != 2) {
      throw new IllegalArgumentException("cluster is not namespace/name");
    }
    var slot =
        new Slot(
            new PoolName(required(words, "pool")),
            new Zone(required(words, "zone")),
            Integer.parseInt(required(words, "ordinal")));
    var member =
        new MemberRecord(
            new ClusterRef(cluster[0], cluster[1]),
            new TenantId(required(words, "tenant")),
            new MemberName(required(words, "member")),
            slot,
            Boolean.parseBoolean(required(words, "founding")),
            MemberState.PROVISIONED);
    return new VolumeRecord(
        member, Optional.ofNullable(words.get("volume")), Optional.ofNullable(words.get("engine")));
  }

  private static String required(Map<String, String> words, String key) {
    return Optional.ofNullable(words.get(key))
        .orElseThrow(() -> new IllegalArgumentException("it does not say its " + key));
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
