/// The store in an etcd that the user runs.
///
/// Imports `java.*`, jetcd with its gRPC and Netty, `topology.model` and `topology.store`.
@NullMarked
package dev.flotilla.topology.etcd;

import org.jspecify.annotations.NullMarked;
