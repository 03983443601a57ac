/// What clients of the store saw while its voters were killed, stopped and cut off, and whether a
/// store that does one thing after the other could have answered like that.
@NullMarked
package dev.flotilla.chaos.history;

import org.jspecify.annotations.NullMarked;
