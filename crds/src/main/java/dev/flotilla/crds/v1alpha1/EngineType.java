package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The database engines that can be run.
public enum EngineType {
  /// Elasticsearch, from version 9 on.
  @JsonProperty("Elasticsearch")
  ELASTICSEARCH
}
