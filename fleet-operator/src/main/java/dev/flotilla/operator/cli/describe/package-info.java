/// `describe`: a database as a tree of conditions, pools and members, with the deepest cause
/// marked.
///
/// Reads custom resources and nothing else. May import: `java.*`, `crds`, the Kubernetes client,
/// the command line library, `document`, `cli.call`, `cli.output`, `cli.status`.
@NullMarked
package dev.flotilla.operator.cli.describe;

import org.jspecify.annotations.NullMarked;
