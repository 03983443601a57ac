/// `explain`: why a database waits, in words that lead to an act, and the page of each reason.
///
/// Needs no operator: what it says of one database comes from its custom resource, what it says of
/// a reason from the list of reasons. May import: `java.*`, `crds`, the Kubernetes client, the
/// command line library, the gates and rules of the core, `document`, `cli.call`, `cli.output`,
/// `cli.status`.
@NullMarked
package dev.flotilla.operator.cli.explain;

import org.jspecify.annotations.NullMarked;
