/// The command line: the tree of commands.
///
/// Below it: `call`, how a command is called; `output`, how it prints; and a package for each
/// subject. May import: `java.*`, the command line library, everything below.
@NullMarked
package dev.flotilla.operator.cli;

import org.jspecify.annotations.NullMarked;
