package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
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
        @Nullable Retention whenScaled,
    @JsonPropertyDescription(
            """
            What becomes of the members' volumes once the deletion of the database was confirmed \
            and its pods have stopped. The database, applied again before the time is over, comes \
            back on them.\
            """)
        @Nullable Retention whenDeleted) {

  /// What becomes of a volume after one event.
  ///
  /// @param policy what is done
  /// @param retainHours for how long it is kept, 1 to 87,600; absent unless the policy is RetainFor
  @ValidationRule(
      value = "(self.policy == 'RetainFor') == has(self.retainHours)",
      fieldPath = ".retainHours",
      message =
          "belongs to the policy RetainFor and to no other: set both, or leave retainHours out")
  @WireForm
  public record Retention(
      @Default("\"Retain\"")
          @JsonPropertyDescription(
              """
              What is done. Retain: the volume is kept until a person deletes it. RetainFor: it is \
              kept for retainHours, and deleted then. Delete: the same with 168 hours, a week. When \
              it is deleted stands in the annotation flotilla.dev/retained-until of its claim; a \
              person takes that back by the annotation flotilla.dev/retain: forever.\
              """)
          Policy policy,
      @Min(1)
          @Max(87_600)
          @JsonPropertyDescription(
              """
              For how many hours the volume is kept before it is deleted, 1 to 87600, which is ten \
              years. For the policy RetainFor alone.\
              """)
          @Nullable Integer retainHours) {

    /// How long a volume is kept that is to be deleted, if nobody says: long enough for somebody to
    /// come back from a holiday. Source: D2 in docs/requirements.md.
    public static final int DELETE_HOURS = 168;

    public Retention {
      policy = policy == null ? Policy.RETAIN : policy;
    }
  }

  /// What becomes of a volume that nobody uses any more.
  public enum Policy {
    /// It is kept until a person deletes it.
    @JsonProperty("Retain")
    RETAIN,

    /// It is kept for a time that is given, and deleted then.
    @JsonProperty("RetainFor")
    RETAIN_FOR,

    /// It is kept for a week, and deleted then.
    @JsonProperty("Delete")
    DELETE
  }
}
