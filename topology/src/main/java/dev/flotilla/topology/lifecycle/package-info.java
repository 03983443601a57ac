/// The life of a member as a table, and the record of a drain: what may follow what, and from where
/// there is a way back. Pure.
///
/// Imports `java.*` and `topology.model`.
@NullMarked
package dev.flotilla.topology.lifecycle;

import org.jspecify.annotations.NullMarked;
