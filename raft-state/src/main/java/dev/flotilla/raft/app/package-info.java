/// How a voter starts: which one it is, by the record of voters and by what is on its disk.
///
/// Pure. Imports `java.*`, `raft.ratis` for the names of voters, and `topology.model`.
@NullMarked
package dev.flotilla.raft.app;

import org.jspecify.annotations.NullMarked;
