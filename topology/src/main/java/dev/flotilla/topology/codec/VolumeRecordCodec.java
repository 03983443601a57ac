package dev.flotilla.topology.codec;

import dev.flotilla.topology.model.MemberState;
import java.util.Optional;

/// Writes a [VolumeRecord] as one readable line and reads it back.
///
/// `v1 cluster=shop/search engine=… founding=true … sum=5f3a09c1`, with a checksum, so that a
/// record which was cut, merged or edited by hand is not believed. A member that is read from its
/// volume has a volume, so its state is not written.
public final class VolumeRecordCodec {

  private VolumeRecordCodec() {}

  public static String encode(VolumeRecord volume) {
    var words = MemberWords.of(volume.member());
    volume.volumeUid().ifPresent(uid -> words.put("volume", uid));
    volume.engineUuid().ifPresent(uuid -> words.put("engine", uuid));
    return Line.write(words);
  }

  public static Decoded<VolumeRecord> decode(String text) {
    try {
      var words = Line.read(text);
      return new Decoded.Valid<>(
          new VolumeRecord(
              MemberWords.member(words, MemberState.PROVISIONED),
              Optional.ofNullable(words.get("volume")),
              Optional.ofNullable(words.get("engine"))));
    } catch (IllegalArgumentException e) {
      return new Decoded.Damaged<>(String.valueOf(e.getMessage()));
    }
  }
}
