/// The store's port: where everything lives that must outlive the operator, and the written
/// contract that every adapter keeps.
///
/// Imports `java.*`, `topology.model` and `topology.lifecycle`.
@NullMarked
package dev.flotilla.topology.store;

import org.jspecify.annotations.NullMarked;
