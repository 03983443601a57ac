/// What a long command tells a person, or a log, while it works.
///
/// May import: `java.*`.
@NullMarked
package dev.flotilla.chaos.lab.progress;

import org.jspecify.annotations.NullMarked;
