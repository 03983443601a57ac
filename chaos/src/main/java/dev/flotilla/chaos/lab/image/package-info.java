/// The container images of the local cluster, made from what package registries ship and without a
/// container engine: a recipe lays an image's files out in folders, the archive writer turns
/// folders into an OCI archive, and the shelf keeps finished archives in the cache.
///
/// May import Commons Compress and Jackson; knows nothing of clusters.
@NullMarked
package dev.flotilla.chaos.lab.image;

import org.jspecify.annotations.NullMarked;
