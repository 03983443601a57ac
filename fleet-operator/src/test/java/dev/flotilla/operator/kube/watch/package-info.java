/// Tests of the Kubernetes adapter.
@NullMarked
package dev.flotilla.operator.kube.watch;

import org.jspecify.annotations.NullMarked;
