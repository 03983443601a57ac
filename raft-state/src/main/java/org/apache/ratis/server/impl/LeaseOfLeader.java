package org.apache.ratis.server.impl;

import org.apache.ratis.server.RaftServer;

/// Opens the one door of Ratis that we need and that has no public handle.
///
/// Ratis counts its leader's lease from the moment at which an append was sent that a majority
/// acknowledged; that is what makes it safe. The public figures count from the answers, which may
/// have lain in a buffer for as long as the process stood still.
///
/// Source: docs/adr/0020-raft-by-ratis.md
public final class LeaseOfLeader {

  private LeaseOfLeader() {}

  /// Whether this voter leads, and no other one can lead at this moment.
  public static boolean isHeld(RaftServer.Division division) {
    return ((RaftServerImpl) division)
        .getRole()
        .getLeaderState()
        .map(LeaderStateImpl::hasLease)
        .orElse(false);
  }
}
