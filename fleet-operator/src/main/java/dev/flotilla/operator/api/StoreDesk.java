package dev.flotilla.operator.api;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.document.StoreComparison;
import dev.flotilla.operator.document.StoreContents;
import dev.flotilla.operator.document.StoreRestored;

/// What the operator says and does about the store as a whole, as far as it is asked over HTTPS.
public interface StoreDesk {

  /// The store beside what exists.
  Reading<StoreComparison> compare();

  /// Everything that is recorded of databases.
  Reading<StoreContents> contents();

  /// Puts a backup back, if it is the one that a person has ordered in Kubernetes.
  Reading<StoreRestored> restore(StoreContents backup);
}
