package dev.flotilla.raft.app;

import dev.flotilla.raft.ratis.Standing;
import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.topology.model.Zone;
import java.util.Optional;

/// What has become of a zone's voter, as its own process knows.
///
/// @param voter empty if it has not started
/// @param standing empty if it takes no part
/// @param why it takes no part, one clause for people; empty if it does
public record VoterReport(
    Zone zone, Optional<VoterId> voter, Optional<Standing> standing, String why) {}
