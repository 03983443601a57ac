/// `volumes`: what disks there are, for what, and until when they are kept.
@NullMarked
package dev.flotilla.operator.cli.volume;

import org.jspecify.annotations.NullMarked;
