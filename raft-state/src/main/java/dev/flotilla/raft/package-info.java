/// The replicated store. It starts with the store's own issue; until then the operator keeps its
/// store in memory and rebuilds it from what the cluster itself records.
///
/// May import: `java.*`, JSpecify, `topology`.
@NullMarked
package dev.flotilla.raft;

import org.jspecify.annotations.NullMarked;
