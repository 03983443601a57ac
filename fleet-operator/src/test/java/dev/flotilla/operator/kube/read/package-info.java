/// Tests of the Kubernetes adapter.
@NullMarked
package dev.flotilla.operator.kube.read;

import org.jspecify.annotations.NullMarked;
