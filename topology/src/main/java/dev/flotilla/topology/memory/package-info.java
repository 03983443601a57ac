/// The store port kept in memory, for one operator process and for tests.
///
/// May import: `java.*`, JSpecify, persistent collections, `topology.model`, `topology.store`.
@NullMarked
package dev.flotilla.topology.memory;

import org.jspecify.annotations.NullMarked;
