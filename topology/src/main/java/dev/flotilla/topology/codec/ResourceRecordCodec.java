package dev.flotilla.topology.codec;

import java.util.TreeMap;

/// Writes a [ResourceRecord] for the store and reads it back: one line, as [VolumeRecordCodec]
/// writes it.
public final class ResourceRecordCodec {

  private static final String CLUSTER = "cluster";
  private static final String UID = "uid";

  private ResourceRecordCodec() {}

  public static String encode(ResourceRecord resource) {
    var words = new TreeMap<String, String>();
    words.put(CLUSTER, resource.cluster().toString());
    words.put(UID, resource.uid());
    return Line.write(words);
  }

  public static Decoded<ResourceRecord> decode(String text) {
    try {
      var words = Line.read(text);
      return new Decoded.Valid<>(
          new ResourceRecord(MemberWords.cluster(words), Line.required(words, UID)));
    } catch (IllegalArgumentException e) {
      return new Decoded.Damaged<>(String.valueOf(e.getMessage()));
    }
  }
}
