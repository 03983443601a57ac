/// Figures that compare the operators' own store with three members of etcd.
///
/// May import: `java.*`, the lab, the store with its Raft group, etcd's client, the command line
/// library.
@NullMarked
package dev.flotilla.chaos.bench.store;

import org.jspecify.annotations.NullMarked;
