package dev.flotilla.crds.v1alpha1.operation;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.WireForm;
import dev.flotilla.crds.v1alpha1.drain.OnTimeout;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a person asks for. It is asked for once: only `cancel` can be changed, and only to true.
///
/// @param clusterName the `DatabaseCluster` in the same namespace
/// @param type what is done
/// @param members whom it is done to; a drain keeps to their order
/// @param timeoutSeconds how long it may take, counted from its making
/// @param onTimeout what is done with it then
/// @param cancel whether it is to be taken back
/// @param why for people, in their own words
/// @param override what is set aside; absent for everything that is safe
@ValidationRule(
    value = "self.clusterName == oldSelf.clusterName",
    fieldPath = ".clusterName",
    message = "cannot be changed: cancel this operation and make another one")
@ValidationRule(
    value = "self.type == oldSelf.type",
    fieldPath = ".type",
    message = "cannot be changed: cancel this operation and make another one")
@ValidationRule(
    value = "self.members == oldSelf.members",
    fieldPath = ".members",
    message = "cannot be changed: cancel this operation and make another one")
@ValidationRule(
    value = "self.timeoutSeconds == oldSelf.timeoutSeconds",
    fieldPath = ".timeoutSeconds",
    message = "cannot be changed: cancel this operation and make another one")
@ValidationRule(
    value = "self.onTimeout == oldSelf.onTimeout",
    fieldPath = ".onTimeout",
    message = "cannot be changed: cancel this operation and make another one")
@ValidationRule(
    value = "self.why == oldSelf.why",
    fieldPath = ".why",
    message = "cannot be changed: cancel this operation and make another one")
@ValidationRule(
    value =
        "has(self.override) == has(oldSelf.override)"
            + " && (!has(self.override) || self.override == oldSelf.override)",
    fieldPath = ".override",
    message = "cannot be changed: cancel this operation and make another one")
@ValidationRule(
    value = "!has(self.override) || (self.type == 'Drain' && size(self.members) == 1)",
    fieldPath = ".override",
    message = "is about one member: set spec.type to Drain and name one in spec.members")
@ValidationRule(
    value = "!has(self.override) || self.timeoutSeconds <= 3600",
    fieldPath = ".override",
    message = "ends within an hour: set spec.timeoutSeconds to 3600 or less")
@ValidationRule(
    value = "!has(self.override) || self.onTimeout == 'Cancel'",
    fieldPath = ".override",
    message = "ends with its time: set spec.onTimeout to Cancel")
@ValidationRule(
    value = "!has(self.override) || size(self.why) > 0",
    fieldPath = ".override",
    message = "is told to everybody: say in spec.why for what it is")
@ValidationRule(
    value = "self.cancel || !oldSelf.cancel",
    fieldPath = ".cancel",
    message = "cannot be taken back, the operation is being undone: make another operation")
@ValidationRule(
    value = "self.type == 'Restart' || size(self.members) > 0",
    fieldPath = ".members",
    message =
        "names nobody: name 1 to 16 members as status.members of the DatabaseCluster lists them")
@WireForm
public record DatabaseOperationSpec(
    @Required
        @Size(min = 1, max = 52)
        @JsonPropertyDescription("The DatabaseCluster in the same namespace that it is about.")
        String clusterName,
    @Default("\"Drain\"")
        @JsonPropertyDescription(
            """
            What is done. Drain: the members are emptied and go; their volumes are kept. If the \
            pool is to have as many members as before, a new member is made for each once it has \
            gone; if spec.pools[].instances asks for fewer by then, none is. Restart: the members are \
            stopped and started again on their volumes, zone by zone, each one only when all \
            others serve. Replace: for each of the members, one after the other, a new one with a \
            volume of its own is made in the same zone first; when it serves, the old one is \
            emptied and goes, and its volume is kept.\
            """)
        OperationType type,
    @Default("[]")
        @Size(max = 16)
        @JsonPropertyDescription(
            """
            The members by name, 1 to 16, as status.members of the DatabaseCluster lists them. A \
            Restart that names none is one of the whole database.\
            """)
        List<@Size(max = 63) String> members,
    @Default("7200")
        @Min(60)
        @Max(604800)
        @JsonPropertyDescription(
            """
            How long it may take, from the moment when it is made: 60 s to a week, 2 hours if \
            absent.\
            """)
        int timeoutSeconds,
    @Default("\"Hold\"")
        @JsonPropertyDescription(
            """
            What is done when its time is over. Hold: no further member is begun, and it says so \
            until what was begun is done or a person decides. Cancel: it is taken back. Nothing is \
            ever forced.\
            """)
        OnTimeout onTimeout,
    @Default("false")
        @JsonPropertyDescription(
            """
            Takes the operation back: members that have not gone serve again. Can be set once. \
            Deleting the operation does the same.\
            """)
        boolean cancel,
    @Default("\"\"")
        @Size(max = 256)
        @JsonPropertyDescription("Why, in the words of whoever asks; nothing depends on it.")
        String why,
    @JsonPropertyDescription(
            """
            Sets a protection aside for one body, once, within an hour. flotilla explain prints such \
            a manifest where there is no other way.\
            """)
        @Nullable OverrideSpec override) {

  /// How long an override may be valid.
  public static final int OVERRIDE_SECONDS = 3600;

  /// How long an operation may take if nobody says.
  public static final int TIMEOUT_SECONDS = 7200;

  public DatabaseOperationSpec {
    clusterName = clusterName == null ? "" : clusterName;
    type = type == null ? OperationType.DRAIN : type;
    members = members == null ? List.of() : List.copyOf(members);
    timeoutSeconds = timeoutSeconds == 0 ? TIMEOUT_SECONDS : timeoutSeconds;
    onTimeout = onTimeout == null ? OnTimeout.HOLD : onTimeout;
    why = why == null ? "" : why;
  }

  /// One that sets nothing aside.
  public DatabaseOperationSpec(
      String clusterName,
      OperationType type,
      List<String> members,
      int timeoutSeconds,
      OnTimeout onTimeout,
      boolean cancel,
      String why) {
    this(clusterName, type, members, timeoutSeconds, onTimeout, cancel, why, null);
  }
}
