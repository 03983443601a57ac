package dev.flotilla.raft.ratis;

import dev.flotilla.topology.model.Zone;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.ratis.protocol.RaftPeerId;

/// Names a voter for as long as its disk remembers its votes. A voter that lost its disk comes back
/// under the next incarnation: under the old one it could vote twice.
///
/// @param zone where it runs
/// @param incarnation from 1 on
public record VoterId(Zone zone, int incarnation) implements Comparable<VoterId> {

  private static final Pattern FORM = Pattern.compile("(.+)\\.([1-9][0-9]{0,8})");

  public VoterId {
    if (incarnation < 1) {
      throw new IllegalArgumentException("incarnations begin at 1, was " + incarnation);
    }
  }

  /// @param text such as `zone-a.1`
  /// @throws IllegalArgumentException if it is something else
  public static VoterId of(String text) {
    return parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a voter is named ZONE.INCARNATION, such as zone-a.1, was \"%s\"".formatted(text)));
  }

  /// @return empty if the text is no voter's name
  public static Optional<VoterId> parse(String text) {
    var parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(new VoterId(new Zone(parts.group(1)), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }

  /// The one that comes after it when its disk is lost.
  public VoterId next() {
    return new VoterId(zone, incarnation + 1);
  }

  RaftPeerId peerId() {
    return RaftPeerId.valueOf(toString());
  }

  @Override
  public int compareTo(VoterId other) {
    int byZone = zone.compareTo(other.zone);
    return byZone != 0 ? byZone : Integer.compare(incarnation, other.incarnation);
  }

  @Override
  public String toString() {
    return "%s.%d".formatted(zone, incarnation);
  }
}
