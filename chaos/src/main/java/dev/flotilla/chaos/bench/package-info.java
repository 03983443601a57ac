/// Figures that compare the whole operator with others on a control plane of its own.
///
/// May import: `java.*`, the lab, the demo's installation, `crds`, the operator's process with its
/// engine port, the Kubernetes client, Jackson, the command line library.
@NullMarked
package dev.flotilla.chaos.bench;

import org.jspecify.annotations.NullMarked;
