/// The store port and its written contract: the one record of members and intents, by revision.
///
/// May import: `java.*`, JSpecify, persistent collections, `topology.model`, `topology.lifecycle`.
@NullMarked
package dev.flotilla.topology.store;

import org.jspecify.annotations.NullMarked;
