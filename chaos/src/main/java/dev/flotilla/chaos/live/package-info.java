/// Scenarios that run on a real cluster, each with its own check of the outcome.
///
/// May import: every other module, `chaos.lab`.
@NullMarked
package dev.flotilla.chaos.live;

import org.jspecify.annotations.NullMarked;
