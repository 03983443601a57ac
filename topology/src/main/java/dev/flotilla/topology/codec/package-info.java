/// The versioned wire format of records that live outside the process, such as in an annotation.
///
/// May import: `java.*`, JSpecify, `topology.model`, `topology.lifecycle`, `topology.store`.
@NullMarked
package dev.flotilla.topology.codec;

import org.jspecify.annotations.NullMarked;
