/// The operator's whole world in memory, for tests without a cluster: an API server with nodes, an
/// engine, time, and faults at every write.
///
/// Nothing here waits or draws random numbers: a test is the same run every time.
package dev.flotilla.operator.bench;
