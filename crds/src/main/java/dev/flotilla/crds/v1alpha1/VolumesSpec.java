package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What becomes of volumes that no member uses any more.
///
/// @param whenScaled of a member that has gone; absent for Retain
/// @param whenDeleted of the members of a database that was deleted; absent for Retain
@WireForm
public record VolumesSpec(
    @JsonPropertyDescription(
            """
            What becomes of the volume of a member that was emptied and has gone, because there \
            shall be fewer or because a person asked for it.\
            """)
        @Nullable RetentionSpec whenScaled,
    @JsonPropertyDescription(
            """
            What becomes of the members' volumes once the deletion of the database was confirmed \
            and its pods have stopped. The database, applied again before the time is over, comes \
            back on them.\
            """)
        @Nullable RetentionSpec whenDeleted) {}
