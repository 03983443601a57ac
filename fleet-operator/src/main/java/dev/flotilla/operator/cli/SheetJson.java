package dev.flotilla.operator.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;

/// The same sheets for programs, with times as RFC 3339 in UTC.
///
/// Source: UX-14 in docs/requirements.md.
final class SheetJson {

  private static final String API_VERSION = "cli.flotilla.dev/v1";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT);

  @JsonPropertyOrder({"apiVersion", "kind", "cluster"})
  private record One(String apiVersion, String kind, ClusterSheet cluster) {}

  @JsonPropertyOrder({"apiVersion", "kind", "clusters"})
  private record Many(String apiVersion, String kind, List<ClusterSheet> clusters) {}

  private SheetJson() {}

  static String of(ClusterSheet sheet) {
    return write(new One(API_VERSION, "ClusterStatus", sheet));
  }

  static String of(List<ClusterSheet> fleet) {
    return write(new Many(API_VERSION, "FleetStatus", fleet));
  }

  private static String write(Object printing) {
    try {
      return JSON.writeValueAsString(printing);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of texts and numbers can be written", e);
    }
  }
}
