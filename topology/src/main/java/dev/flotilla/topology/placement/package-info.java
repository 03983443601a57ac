/// How members spread over zones: where the next one goes, pure and without a tie left to chance.
///
/// May import: `java.*`, JSpecify, `topology.model`, `topology.lifecycle`.
@NullMarked
package dev.flotilla.topology.placement;

import org.jspecify.annotations.NullMarked;
