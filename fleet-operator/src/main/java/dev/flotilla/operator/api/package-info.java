/// What the operator answers over HTTPS: what it sees of a cluster and what it will do about it.
/// Nothing can be changed through it, and no Secret crosses it.
///
/// May import: `java.*`, the JDK's HTTP server, `core`, `port`, `document`, `wire`,
/// `topology.model`, Bouncy Castle, SLF4J.
@NullMarked
package dev.flotilla.operator.api;

import org.jspecify.annotations.NullMarked;
