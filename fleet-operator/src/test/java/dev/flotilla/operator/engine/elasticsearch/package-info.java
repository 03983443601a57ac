/// Tests of the Elasticsearch adapter: pure ones, and some against small servers on the loopback.
@NullMarked
package dev.flotilla.operator.engine.elasticsearch;

import org.jspecify.annotations.NullMarked;
