/// Files that people write, read so that every value can be pointed at: by line and column.
///
/// May import: `java.*`, SnakeYAML, Jackson.
@NullMarked
package dev.flotilla.operator.yaml;

import org.jspecify.annotations.NullMarked;
