package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What the engine says about itself and where clients find it.
///
/// @param version as the engine reports it; absent until it has answered
/// @param clusterUUID the engine's own id of the database; absent until it was formed
/// @param address absent until there is a service
@WireForm
public record EngineStatus(
    @JsonPropertyDescription("The version that the engine reports.") @Nullable String version,
    @JsonPropertyDescription(
            """
            The engine's own identity of this database. It is given once; the operator never forms \
            the database a second time.\
            """)
        @Nullable String clusterUUID,
    @JsonPropertyDescription(
            """
            Where clients in the Kubernetes cluster reach the database, for example \
            https://search.shop.svc:9200.\
            """)
        @Nullable String address) {}
