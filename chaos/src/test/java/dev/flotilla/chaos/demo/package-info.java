/// The demo's parts by themselves, and the whole of it on the local cluster.
@NullMarked
package dev.flotilla.chaos.demo;

import org.jspecify.annotations.NullMarked;
