/// What is applied to a Kubernetes cluster to install the operator.
///
/// May import: fabric8's model, `operator.cli.call` and `.output`, `operator.kube.render` for
/// labels, picocli.
@NullMarked
package dev.flotilla.operator.cli.install;

import org.jspecify.annotations.NullMarked;
