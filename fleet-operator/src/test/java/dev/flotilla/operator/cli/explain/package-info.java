/// Explanations of what the planner holds, and the command that prints them.
@NullMarked
package dev.flotilla.operator.cli.explain;

import org.jspecify.annotations.NullMarked;
