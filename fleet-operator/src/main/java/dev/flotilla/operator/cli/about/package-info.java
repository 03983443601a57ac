/// `version`, `completion` and `options`: what the command line says about itself.
///
/// May import: `java.*`, `crds`, the Kubernetes client, the command line library, `document`,
/// `cli.call`, `cli.output`.
@NullMarked
package dev.flotilla.operator.cli.about;

import org.jspecify.annotations.NullMarked;
