/// What `install/` puts into a Kubernetes cluster.
@NullMarked
package dev.flotilla.operator.install;

import org.jspecify.annotations.NullMarked;
