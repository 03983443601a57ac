/// The store's voter in the operator's process: its record, its authority and its peers, as they
/// are kept in Kubernetes.
///
/// Part of the wiring, and the only package that knows `raft-state`.
@NullMarked
package dev.flotilla.operator.app.voter;

import org.jspecify.annotations.NullMarked;
