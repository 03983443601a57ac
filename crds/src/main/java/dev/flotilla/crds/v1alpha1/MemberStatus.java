package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// One member as it stands.
///
/// @param name the member's name, which is also its pod's and its engine node's
/// @param pool the pool that it belongs to
/// @param zone the zone that it was made for and stays in
/// @param node the Kubernetes node that it runs on; absent while it runs nowhere
/// @param volume the claim with its data; absent until it is made
/// @param state a word for people
/// @param reason why it is in that state; absent when nothing is to be said
@WireForm
public record MemberStatus(
    @Required
        @JsonPropertyDescription(
            """
            The member's name. It is given once and is also the name of its pod and of its node in \
            the engine.\
            """)
        String name,
    @JsonPropertyDescription("The pool that the member belongs to.") String pool,
    @JsonPropertyDescription("The zone that the member was made for and stays in.") String zone,
    @JsonPropertyDescription("The Kubernetes node that it runs on.") @Nullable String node,
    @JsonPropertyDescription("The PersistentVolumeClaim that holds its data.")
        @Nullable String volume,
    @JsonPropertyDescription("What it is doing, as a word for people, for example Active.")
        String state,
    @JsonPropertyDescription("Why, as one of the words of docs/reference/reasons.md.")
        @Nullable String reason) {

  public MemberStatus {
    name = name == null ? "" : name;
    pool = pool == null ? "" : pool;
    zone = zone == null ? "" : zone;
    state = state == null ? "" : state;
  }
}
