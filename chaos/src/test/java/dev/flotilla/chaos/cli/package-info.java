/// The commands of `./flotilla` under one name.
@NullMarked
package dev.flotilla.chaos.cli;

import org.jspecify.annotations.NullMarked;
