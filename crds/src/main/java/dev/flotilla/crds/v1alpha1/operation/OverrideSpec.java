package dev.flotilla.crds.v1alpha1.operation;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.WireForm;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// What a person sets aside, and for whom exactly.
///
/// Source: D4 in docs/requirements.md; docs/adr/0036-an-override-names-its-target.md
///
/// @param kind which protection
/// @param uid of the body that is meant
@WireForm
public record OverrideSpec(
    @Required
        @JsonPropertyDescription(
            """
            SkipDrain: a member that the engine does not list any more is given up with all that it \
            has, without being emptied. Its volume claim is kept as whenScaled says. Every \
            protection of other members stays in force.\
            """)
        OverrideKind kind,
    @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
            """
            The metadata.uid of the member's pod; of its volume claim if it has no pod. Another pod of \
            the same name is not meant.\
            """)
        String uid) {}
