package dev.flotilla.chaos.admission;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the API server answered to a manifest that it refused.
///
/// @param code HTTP status
/// @param message the whole answer, as `kubectl` prints it
/// @param causes field and words of each thing that is wrong
record Answer(int code, String message, List<Cause> causes) {

  /// Says which value, range or form is allowed.
  private static final Pattern REMEDY =
      Pattern.compile(
          String.join(
              "|",
              "must be of type \\w+",
              "[Ss]upported values: \"",
              "should be (greater|less) than or equal to -?\\d",
              "should be at least \\d+ chars long",
              "may not be (more|longer) than \\d",
              "must have at (most|least) \\d+ (items|properties)",
              "should have at (most|least) \\d+ (items|properties)",
              "Required value",
              "Duplicate value",
              "unknown field \"",
              "must consist of ",
              "must be no more than \\d+ ",
              // What our own rules say: the fact, a colon, and what to do.
              ": (add|create|delete|end|give|keep|leave|lower|name|put|raise|shorten|start|use"
                  + "|write)\\b"));

  /// @param field may be empty: then the words name it
  record Cause(String field, String words) {}

  static Answer of(KubernetesClientException refusal) {
    var causes =
        Optional.ofNullable(refusal.getStatus())
            .map(Status::getDetails)
            .map(StatusDetails::getCauses)
            .orElse(List.of())
            .stream()
            .map(cause ->
                new Cause(
                    Optional.ofNullable(cause.getField()).orElse(""),
                    Optional.ofNullable(cause.getMessage()).orElse("")))
            .toList();
    var message =
        Optional.ofNullable(refusal.getStatus()).map(Status::getMessage).orElse("no words");
    return new Answer(refusal.getCode(), message, causes);
  }

  /// Whether it says of one of the places what is wrong and what would be right.
  boolean helps(List<String> places) {
    return Stream.concat(causes.stream(), Stream.of(new Cause("", message)))
        .anyMatch(cause ->
            places.stream().anyMatch(place -> isAbout(cause, place))
                && REMEDY.matcher(cause.words()).find());
  }

  private static boolean isAbout(Cause cause, String place) {
    return cause.field().equals(place) || cause.words().contains(place);
  }
}
