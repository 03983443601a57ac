/// The engine port for Elasticsearch, by its Java client.
///
/// May import: the Elasticsearch client, `topology`, `operator.core`, `operator.port`,
/// `operator.certificate`; no other adapter.
@NullMarked
package dev.flotilla.operator.engine.elasticsearch;

import org.jspecify.annotations.NullMarked;
