/// The written form of records that outlive a process: what stands in a volume's annotation, and in
/// the store.
///
/// Imports `java.*`, `topology.model` and `topology.lifecycle`.
@NullMarked
package dev.flotilla.topology.codec;

import org.jspecify.annotations.NullMarked;
