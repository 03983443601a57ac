/// Trees as people see them.
@NullMarked
package dev.flotilla.operator.cli.describe;

import org.jspecify.annotations.NullMarked;
