/// What voters agree on: the state of the store, what a command means to it, and what follows.
///
/// Pure, so that every voter comes to the same state from the same log. Imports `java.*`,
/// pcollections, `raft.command`, `topology.model` and `topology.store`.
@NullMarked
package dev.flotilla.raft.machine;

import org.jspecify.annotations.NullMarked;
