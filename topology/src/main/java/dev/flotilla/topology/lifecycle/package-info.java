/// The states of a member and the only transitions between them that are legal.
///
/// May import: `java.*`, JSpecify, `topology.model`.
@NullMarked
package dev.flotilla.topology.lifecycle;

import org.jspecify.annotations.NullMarked;
