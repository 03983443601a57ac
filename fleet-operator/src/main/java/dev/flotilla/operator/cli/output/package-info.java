/// How the command line prints: what a stream can show, marks, tables, problems, and the exit
/// codes. Every command prints through here, so that pipes, dumb terminals and other alphabets are
/// thought of once.
///
/// May import: `java.*`, `document`.
@NullMarked
package dev.flotilla.operator.cli.output;

import org.jspecify.annotations.NullMarked;
