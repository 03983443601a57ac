package dev.flotilla.raft.app;

import java.util.Optional;

/// Where the record of voters is kept: outside of the store, whose voters read it before they
/// start. Calls may block.
public interface VoterRegister {

  /// What stands there.
  sealed interface Page {

    /// @param record empty if nobody has founded the store yet
    /// @param version of what was read, in the register's own words
    record Known(Optional<VoterRecord> record, String version) implements Page {}

    /// @param why one clause for people
    record Unknown(String why) implements Page {}
  }

  /// Reads it as it is now, past every cache.
  Page read();

  /// Writes a record, if nobody has written one since; in one attempt.
  ///
  /// @param version of what the record was made of
  /// @return why it may not stand there now, and has to be read again; empty if it does
  Optional<String> write(String version, VoterRecord record);
}
