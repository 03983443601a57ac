package dev.flotilla.raft.app;

import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.topology.model.Zone;

/// How the voter of a zone begins.
public sealed interface Startup {

  /// With the disk that it had.
  record Resume(VoterId self) implements Startup {}

  /// For the first time, together with the others.
  ///
  /// @param after the record, which has to stand written first
  record Found(VoterId self, VoterRecord after) implements Startup {}

  /// As a new voter of a store that exists: it lost its disk, or its zone is new.
  ///
  /// @param after the record, which has to stand written first
  record Join(VoterId self, VoterRecord after) implements Startup {}

  /// Not at all.
  ///
  /// @param why what is wrong, and what a person can do
  record Refuse(String why) implements Startup {}

  /// What the record of voters and a disk say together.
  ///
  /// Who may have voted before and has no disk is not who it was: it comes back as its next
  /// incarnation. That is written down before anything is written to the disk, so that who is
  /// stopped in between never votes twice under one name. A folder that was made after the record
  /// and is still untouched shows that nothing was lost in between.
  static Startup of(VoterRecord record, Zone zone, VoterHome.Disk disk) {
    var newest = record.voter(zone);
    if (newest.isEmpty()) {
      return new Refuse(
          "zone %s has no voter of the store; its zones are %s"
              .formatted(zone, record.newest().keySet()));
    }
    var self = newest.get();
    if (disk.started().contains(self)) {
      return new Resume(self);
    }
    if (record.started().contains(self) && !disk.claimed().contains(self)) {
      return new Join(self.next(), record.start(self.next()));
    }
    if (disk.other().contains(self)) {
      return new Refuse(
          "the folder %s on its disk holds something that is not of store %s; give it an empty disk"
              .formatted(self, record.group()));
    }
    return self.incarnation() == 1
        ? new Found(self, record.start(self))
        : new Join(self, record.start(self));
  }
}
