/// What a voter can be told, what it answers, and how both are written in bytes.
///
/// Pure. Imports `java.*`, `topology.model` and `topology.store`.
@NullMarked
package dev.flotilla.raft.command;

import org.jspecify.annotations.NullMarked;
