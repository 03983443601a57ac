/// The store on real programs: each adapter is held to the contract of `topology.store`.
@NullMarked
package dev.flotilla.chaos.store;

import org.jspecify.annotations.NullMarked;
