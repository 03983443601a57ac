/// A second provider of Kubernetes for tests, in Docker.
@NullMarked
package dev.flotilla.chaos.k3s;

import org.jspecify.annotations.NullMarked;
