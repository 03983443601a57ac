/// The store as a Raft group: one voter in each operator, on Ratis.
///
/// What Ratis does not give is added here, each with its reason in docs/adr/0020-raft-by-ratis.md:
/// reads that are never old, time that only leaders count, peers by name and not by address, and
/// answers that count only if we wrote them.
///
/// Imports `java.*`, `javax.net.ssl`, SLF4J, Ratis, `raft.command`, `raft.machine`,
/// `topology.memory`, `topology.model` and `topology.store`.
@NullMarked
package dev.flotilla.raft.ratis;

import org.jspecify.annotations.NullMarked;
