/// Tests of the benchmarks: their arithmetic, and that they run.
@NullMarked
package dev.flotilla.chaos.bench;

import org.jspecify.annotations.NullMarked;
