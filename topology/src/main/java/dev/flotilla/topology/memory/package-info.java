/// The store in this process's memory: for one replica, for tests and for dry runs.
///
/// It forgets everything when the process ends, so its owner rebuilds it from volumes and pods at
/// start. What tells watchers of commits serves every adapter that has the entries in its process.
/// Imports `java.*`, `topology.model` and `topology.store`.
@NullMarked
package dev.flotilla.topology.memory;

import org.jspecify.annotations.NullMarked;
