/// A voter from its first start to its end: which one it is, by the record of voters and by what is
/// on its disk, and who should vote beside it.
///
/// The decisions are pure: `Startup` and `Upkeep`. Imports `java.*`, `raft.ratis`, `topology.model`
/// and `.store`, and slf4j.
@NullMarked
package dev.flotilla.raft.app;

import org.jspecify.annotations.NullMarked;
