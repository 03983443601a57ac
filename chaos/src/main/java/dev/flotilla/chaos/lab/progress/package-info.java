/// What a long command tells a person, or a log, while it works.
///
/// May import: `java.*`, what the command line knows of terminals.
@NullMarked
package dev.flotilla.chaos.lab.progress;

import org.jspecify.annotations.NullMarked;
