package dev.flotilla.raft.ratis;

import java.time.Duration;

/// What was written to the log since the whole state was, or was tried to be.
///
/// @param bytes of the commands in it; 0 if there were none
/// @param since the moment of the first of them, by this voter's own clock
record Backlog(long bytes, long since) {

  static final Backlog NONE = new Backlog(0, 0);

  /// Ratis counts entries alone, of which some are large: ten thousand of those fill a disk.
  static final long MOST_BYTES = 4 * 1024 * 1024;

  /// A store of few changes is not read again from weeks of them, and nothing old stays in its log.
  static final Duration LONGEST = Duration.ofHours(1);

  Backlog plus(long more, long now) {
    return new Backlog(bytes + more, bytes == 0 ? now : since);
  }

  boolean isTooMuch(long now) {
    return bytes >= MOST_BYTES || (bytes > 0 && now - since >= LONGEST.toNanos());
  }
}
