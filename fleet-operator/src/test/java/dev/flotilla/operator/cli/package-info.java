/// Commands run as a process would run them, against a played API server.
@NullMarked
package dev.flotilla.operator.cli;

import org.jspecify.annotations.NullMarked;
