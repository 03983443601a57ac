/// How a command of the command line is called: its options, the cluster that it looks at, and what
/// it is told by the process around it.
///
/// May import: `java.*`, `crds`, the Kubernetes client, the command line library, `document`,
/// `cli.output`.
@NullMarked
package dev.flotilla.operator.cli.call;

import org.jspecify.annotations.NullMarked;
